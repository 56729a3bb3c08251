import type { Expectation, FieldKind } from '../../../shared/recognition/line/lineReading'
import type { Grammar } from './grammar'
import { PatternAutomaton } from './pattern'
import { wordGrammar } from './wordGrammar'

/** What a line may be where `expects` is expected. */
export function grammarOf(expects: Expectation): Grammar {
  if (typeof expects === 'object') return wordGrammar(expects.words)
  return expects === 'free' ? freeGrammar : fieldGrammar(expects)
}

const groups = ['9?9?9', '9?9?9,999', '9?9?9,999,999', '9?9?9.999', '9?9?9.999.999', "9?9?9'999", '9+']
const amounts = groups.flatMap((group) => {
  const decimals = group.includes(',') ? ['.99'] : group.includes('.') ? [',99'] : ['.99', ',99', '.-', '.9']
  return ['', ...decimals].flatMap((tail) => [`-?$?${group}${tail}`, `${group}${tail}$`])
})

const patterns: Readonly<Record<Exclude<FieldKind, 'free'>, readonly string[]>> = {
  digits: ['9+'],
  amount: amounts,
  date: [
    ...['/', '.', '-'].flatMap((mark) => [
      `9?9${mark}9?9${mark}99`,
      `9?9${mark}9?9${mark}9999`,
      `9999${mark}9?9${mark}9?9`,
    ]),
    '9?9/9?9',
  ],
  /** Of most countries whose codes are known by their form. */
  postcode: [
    ...[
      '9999',
      '99999',
      '999999',
      '999',
      '99999-9999',
      '99-999',
      '999 99',
      '9999-999',
      '99999-999',
      '999-9999',
    ],
    ...['9999 ?AA', 'A9A ?9A9', 'AA?99? ?9AA', 'AA?9A ?9AA'],
  ],
  phone: ['+?N+'],
}

function fieldGrammar(kind: Exclude<FieldKind, 'free'>): Grammar {
  const automaton = new PatternAutomaton(patterns[kind])
  return {
    start: automaton.start,
    next: (state, label) => {
      const next = automaton.next(state, label)
      return next === null ? null : { state: next, cost: 0 }
    },
    isEnd: (state) => automaton.isEnd(state),
    ...(kind === 'date' && { isPossible: isDate }),
    ...(kind === 'phone' && { isPossible: isPhone }),
    hasSpaces: kind === 'postcode' || kind === 'phone',
  }
}

/** Whether day and month are such in one order or the other. */
function isDate(text: string): boolean {
  const numbers = text.split(/[/.-]/).map(Number)
  const [first = 0, second = 0] = (numbers[0] ?? 0) > 31 ? numbers.slice(1) : numbers
  const [month, day] = [Math.min(first, second), Math.max(first, second)]
  return month >= 1 && month <= 12 && day <= 31
}

/** At least three digits, and no two marks in a row but around a bracket. */
function isPhone(text: string): boolean {
  return (text.match(/[0-9]/g) ?? []).length >= 3 && !/[-./]{2}|[-./ ]$/.test(text)
}

type Kind = 'space' | 'digit' | 'upper' | 'lower' | 'mark' | 'other'

function kindOf(label: string): Kind {
  if (label === ' ') return 'space'
  if (/^\p{Nd}$/u.test(label)) return 'digit'
  if (/^\p{Lu}$/u.test(label)) return 'upper'
  if (/^\p{Ll}$/u.test(label)) return 'lower'
  return /^[\p{P}\p{S}]$/u.test(label) ? 'mark' : 'other'
}

/**
 * What follows what in everyday text, as negative logarithms by feel rather than by count: digits stand with digits, small
 * letters with small ones, and capitals at the beginning or among themselves. It decides what a shape alone cannot (0 o O).
 */
const followCosts: Readonly<Record<Kind, Partial<Record<Kind, number>>>> = {
  space: { mark: 1, lower: 0.1, upper: 0.1 },
  digit: { lower: 2, upper: 2, mark: 0.7 },
  upper: { digit: 1.5, mark: 1.2, upper: 0.4 },
  lower: { digit: 2, upper: 2.5, mark: 1.2 },
  mark: { mark: 1 },
  other: {},
}

const freeGrammar: Grammar = {
  start: 'space',
  next: (state, label) => {
    const kind = kindOf(label)
    const costs: Readonly<Record<string, Partial<Record<Kind, number>>>> = followCosts
    return { state: kind, cost: costs[state]?.[kind] ?? 0 }
  },
  isEnd: () => true,
  hasSpaces: true,
}
