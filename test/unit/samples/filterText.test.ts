import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFilter, parseFilter } from '../../../src/shared/samples/filterText'
import { sampleSourceSchema, splitSchema, type SampleFilter } from '../../../src/shared/samples/sampleQuery'

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((each) => each.length <= 64)
const list = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 4 })
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
const instant = fc.integer({ min: 0, max: 4e12 })
const filters: fc.Arbitrary<SampleFilter> = fc.record(
  {
    labels: list(text),
    splits: list(fc.constantFrom(...splitSchema.options)),
    writers: list(fc.oneof(text, fc.constant(null))),
    sessions: list(text),
    sources: list(fc.constantFrom(...sampleSourceSchema.options)),
    ...{ from: instant, to: instant },
    ...{ corrected: fc.boolean(), flagged: fc.boolean(), reviewed: fc.boolean() },
    predicted: list(text),
    right: fc.boolean(),
    confidence: fc.record({ from: share, to: share }),
  },
  { requiredKeys: [] },
)

describe("a filter's text", () => {
  it('is read as the filter that it was written from', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(parseFilter(formatFilter(filter))).toEqual(filter)
      }),
    )
  })

  it('is read as people type it', () => {
    expect(
      parseFilter('label=3&label=%E5%8D%81&writer=&confidence=0.2..&right=false&from=2026-01-31'),
    ).toEqual({
      ...{ labels: ['3', '十'], writers: [null], confidence: { from: 0.2, to: 1 }, right: false },
      from: Date.UTC(2026, 0, 31),
    })
    expect(parseFilter('')).toEqual({})
    expect(parseFilter('label=%')).toEqual({ labels: ['%'] })
  })

  it('that is none says why', () => {
    for (const wrong of [
      'lable=3',
      'right=yes',
      'confidence=0.5',
      'from=yesterday',
      'split=exam',
      'label=',
    ]) {
      expect(parseFilter(wrong)).toEqual(expect.any(String))
    }
  })
})
