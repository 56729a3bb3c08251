import { keepsCheckDigit } from './checkDigits'
import type { FormReading } from './formReading'
import type { FormField, FormSpec } from './formSpec'

/** Why a person should look at a field. */
export type FieldProblem =
  'missing' | 'not-sure' | 'not-the-kind' | 'not-a-number' | 'out-of-range' | 'check-digit' | 'total'

export interface CheckedField {
  readonly name: string
  readonly text: string
  /** Of its least sure character; 1 where nothing is written. */
  readonly probability: number
  readonly problems: readonly FieldProblem[]
}

/** What was read of each field, and why a person should look at it. Of a total that is wrong, all its fields are suspect. */
export function checkForm(form: FormSpec, fields: FormReading['fields']): CheckedField[] {
  const texts = new Map(fields.map(({ name, line }) => [name, line?.text ?? '']))
  const wrong = new Set(
    form.totals
      .filter(
        ({ total, of }) =>
          !addsUp(
            texts.get(total) ?? '',
            of.map((name) => texts.get(name) ?? ''),
          ),
      )
      .flatMap(({ total, of }) => [total, ...of]),
  )
  return form.fields.map((field) => {
    const line = fields.find(({ name }) => name === field.name)?.line ?? null
    const problems: FieldProblem[] = line === null ? [] : problemsOf(field, line.text)
    if (line === null && field.required) problems.push('missing')
    if (line?.characters.some(({ sure }) => !sure)) problems.push('not-sure')
    if (line?.fits === false) problems.push('not-the-kind')
    if (wrong.has(field.name)) problems.push('total')
    return {
      name: field.name,
      text: line?.text ?? '',
      probability: Math.min(1, ...(line?.characters ?? []).map(({ probability }) => probability)),
      problems,
    }
  })
}

function problemsOf({ least, most, checkDigit }: FormField, text: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (least !== undefined || most !== undefined) {
    const value = valueOf(text)
    if (value === null) problems.push('not-a-number')
    else if (value < (least ?? -Infinity) || value > (most ?? Infinity)) problems.push('out-of-range')
  }
  if (checkDigit && !keepsCheckDigit(text, checkDigit)) problems.push('check-digit')
  return problems
}

/** In hundredths, where sums are exact. What is empty counts as nothing; what is no number adds up to nothing. */
function addsUp(total: string, parts: readonly string[]): boolean {
  const values = [total, ...parts].map((text) => (text === '' ? 0 : valueOf(text)))
  if (values.includes(null)) return false
  const [sum = 0, ...rest] = values.map((value) => Math.round(100 * (value ?? 0)))
  return sum === rest.reduce((all, value) => all + value, 0)
}

/**
 * An amount's value, whichever way its thousands are parted: a last comma or dot with one or two digits behind it begins the
 * decimals. Null for what is no number.
 */
export function valueOf(text: string): number | null {
  const bare = text.replaceAll(/[\s$€£¥']/g, '').replace(/\.-$/, '')
  const match = /^(-?[\d.,]*?\d)(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!match) return null
  const [, whole = '', decimals = '0'] = match
  return Number(`${whole.replaceAll(/[.,]/g, '')}.${decimals}`)
}
