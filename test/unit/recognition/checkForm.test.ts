import { describe, expect, it } from 'vitest'
import { keepsCheckDigit } from '../../../src/shared/recognition/form/checkDigits'
import { checkForm, valueOf } from '../../../src/shared/recognition/form/checkForm'
import type { FormReading } from '../../../src/shared/recognition/form/formReading'
import { formSpecSchema } from '../../../src/shared/recognition/form/formSpec'

const box = { x: 0, y: 0, width: 1, height: 1 }

function fieldsOf(texts: Readonly<Record<string, string>>, sure = true): FormReading['fields'] {
  return Object.entries(texts).map(([name, text]) => ({
    name,
    line:
      text === ''
        ? null
        : {
            text,
            alternatives: [],
            fits: true,
            characters: [...text].map((label) => ({
              box: { x: 0, y: 0, width: 1, height: 1 },
              label,
              probability: sure ? 0.99 : 0.5,
              sure,
              candidates: [{ label, probability: 0.99 }],
              spaceBefore: false,
            })),
          },
  }))
}

describe('check digits', () => {
  // Examples of ISO/IEC 7812-1, of the IBAN registry (Germany, United Kingdom), of ISO 7064 and of ISBN-10.
  it.each([
    ['luhn', '79927398713'],
    ['mod97', 'DE89 3704 0044 0532 0130 00'],
    ['mod97', 'GB29NWBK60161331926819'],
    ['mod97', '79444'],
    ['mod11', '0-306-40615-2'],
    ['mod11', '080442957X'],
  ] as const)('%s takes %s, and not with any one digit misread', (rule, number) => {
    expect(keepsCheckDigit(number, rule)).toBe(true)
    for (const [at, digit] of Array.from(number).entries()) {
      if (!/\d/.test(digit)) continue
      const misread = number.slice(0, at) + String((Number(digit) + 1) % 10) + number.slice(at + 1)
      expect(keepsCheckDigit(misread, rule)).toBe(false)
    }
  })

  it('takes nothing that is no number', () => {
    for (const rule of ['luhn', 'mod97', 'mod11'] as const) {
      expect(['', '7', 'x', '12/4'].filter((text) => keepsCheckDigit(text, rule))).toEqual([])
    }
  })
})

describe('the value of an amount', () => {
  it.each([
    ['1.234,50', 1234.5],
    ['1,234.5', 1234.5],
    ["12'000.-", 12_000],
    ['$ 1,234', 1234],
    ['-7.05', -7.05],
    ['7/5', null],
    ['', null],
  ])('of %j is %j', (text, value) => {
    expect(valueOf(text)).toBe(value)
  })
})

describe('a form that was read', () => {
  const form = formSpecSchema.parse({
    format: 1,
    name: 'bill',
    fields: [
      { name: 'one', kind: 'amount', box, most: 100 },
      { name: 'two', kind: 'amount', box },
      { name: 'sum', kind: 'amount', box, required: true },
      { name: 'account', kind: 'digits', box, checkDigit: 'luhn' },
    ],
    totals: [{ total: 'sum', of: ['one', 'two'] }],
  })
  const problemsOf = (fields: FormReading['fields']): object =>
    Object.fromEntries(checkForm(form, fields).map(({ name, problems }) => [name, problems]))
  const right = { one: '0.10', two: '0,20', sum: '0.30', account: '79927398713' }

  it('asks no person where all is sure and the checks hold', () => {
    expect(problemsOf(fieldsOf(right))).toEqual({ one: [], two: [], sum: [], account: [] })
    expect(problemsOf(fieldsOf({ ...right, two: '', sum: '0.10', account: '' }))).toEqual({
      one: [],
      two: [],
      sum: [],
      account: [],
    })
  })

  it('says why a person should look', () => {
    expect(problemsOf(fieldsOf({ ...right, one: '200', account: '79927398710' }))).toEqual({
      one: ['out-of-range', 'total'],
      two: ['total'],
      sum: ['total'],
      account: ['check-digit'],
    })
    expect(problemsOf(fieldsOf({ ...right, sum: '' }))).toMatchObject({ sum: ['missing', 'total'] })
    expect(problemsOf(fieldsOf(right, false))).toMatchObject({ account: ['not-sure'] })
  })

  it('is refused where names or boxes do not fit', () => {
    const [field] = form.fields
    const refused = [
      { ...form, fields: [field, field], totals: [] },
      { ...form, totals: [{ total: 'sum', of: ['three'] }] },
      { ...form, fields: [{ ...field, box: { ...box, x: 0.5 } }], totals: [] },
      { ...form, markers: [{ x: 0, y: 0 }] },
    ]
    expect(refused.map((spec) => formSpecSchema.safeParse(spec).success)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
