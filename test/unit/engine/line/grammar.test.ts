import { describe, expect, it } from 'vitest'
import { grammarOf } from '../../../../src/main/engine/line/grammarOf'
import type { Expectation } from '../../../../src/shared/recognition/line/lineReading'

/** Whether a text is of the kind, and how it is then read. */
function readAs(expects: Expectation, text: string): string | null {
  const grammar = grammarOf(expects)
  let state = grammar.start
  let shown = ''
  for (const label of text) {
    const step = grammar.next(state, label)
    if (!step) return null
    state = step.state
    shown += step.shown ?? label
  }
  return grammar.isEnd(state) && (grammar.isPossible?.(shown) ?? true) ? shown : null
}

describe('what a field expects', () => {
  it.each<[Expectation, string]>([
    ['digits', '0123456789'],
    ['amount', '7'],
    ['amount', '1250.00'],
    ['amount', '1,250.00'],
    ['amount', '1.250,00'],
    ['amount', '-$12.50'],
    ['amount', '12.-'],
    ['date', '24/12/2026'],
    ['date', '2026-12-24'],
    ['date', '1.2.26'],
    ['postcode', '90210-1234'],
    ['postcode', 'SW1A 1AA'],
    ['postcode', '100084'],
    ['phone', '+41 44 123-45-67'],
  ])('takes as %s %s', (expects, text) => {
    expect(readAs(expects, text)).toBe(text)
  })

  it.each<[Expectation, string]>([
    ['digits', '12.5'],
    ['amount', '1,25.00'],
    ['amount', '12.5.0'],
    ['amount', ''],
    ['date', '31/13/2026'],
    ['date', '1/2-26'],
    ['postcode', '12'],
    ['phone', '12'],
    ['phone', '555--1234'],
  ])('does not take as %s %s', (expects, text) => {
    expect(readAs(expects, text)).toBeNull()
  })

  it('of a list of words takes some of them, in any case, and reads them as the list spells them', () => {
    const list = { words: ['Zürich', 'New York', 'new'] }
    expect(readAs(list, 'zÜrich')).toBe('Zürich')
    expect(readAs(list, 'new york new')).toBe('New York New')
    expect(readAs(list, 'newer')).toBeNull()
    expect(readAs(list, 'zür')).toBeNull()
  })

  it('of free writing finds it cheaper that digits stand with digits and letters with letters', () => {
    const grammar = grammarOf('free')
    const costOf = (text: string): number => {
      let [state, cost] = [grammar.start, 0]
      for (const label of text) {
        const step = grammar.next(state, label)
        cost += step?.cost ?? Infinity
        state = step?.state ?? state
      }
      return cost
    }
    expect(costOf('100')).toBeLessThan(costOf('1oo'))
    expect(costOf('look')).toBeLessThan(costOf('l00k'))
    expect(costOf('Sos')).toBeLessThan(costOf('soS'))
  })
})
