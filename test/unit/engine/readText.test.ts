import { describe, expect, it } from 'vitest'
import { alignTexts } from '../../../src/main/engine/text/alignTexts'
import { columnLogs } from '../../../src/main/engine/text/columnLogs'
import { buildLexicon } from '../../../src/main/engine/text/lexicon'
import { readText } from '../../../src/main/engine/text/readText'
import { scoreTexts } from '../../../src/main/engine/text/scoreTexts'
import { searchTexts } from '../../../src/main/engine/text/searchTexts'
import { textLikelihood } from '../../../src/main/engine/text/textLikelihood'
import { Random } from '../../../src/shared/random'

const classes = ['A', 'a', 'b', 'c']

function randomLogs(columns: number, seed: number): Float32Array {
  const random = new Random(seed)
  return columnLogs(
    Float32Array.from({ length: (classes.length + 1) * columns }, () => random.normal(0, 2)),
    columns,
  )
}

/** All texts of up to so many characters. */
function allTexts(longest: number): number[][] {
  if (longest === 0) return [[]]
  const shorter = allTexts(longest - 1)
  const longer = shorter
    .filter((text) => text.length === longest - 1)
    .flatMap((text) => classes.map((_, character) => [...text, character]))
  return [...shorter, ...longer]
}

const spell = (text: readonly number[]): string => text.map((character) => classes[character]).join('')

describe('reading texts', () => {
  it.each([1, 2, 3, 4])('finds the most probable text of all (seed %i)', (seed) => {
    const logs = randomLogs(4, seed)
    const likelihoods = allTexts(4).map((text) => ({ text, log: textLikelihood(logs, 4, text) }))
    likelihoods.sort((a, b) => b.log - a.log)
    // So wide that no beginning is left out.
    const [found] = searchTexts(logs, 4, { width: 1000 })
    expect(found?.text).toEqual(likelihoods[0]?.text)
    expect(found?.log).toBeCloseTo(likelihoods[0]?.log ?? 0, 2)
  })

  it.each([1, 2, 3, 4])('finds the most probable word of a list (seed %i)', (seed) => {
    const logs = randomLogs(5, seed)
    const words = ['a', 'Ab', 'abc', 'cab', 'bb', 'cc', 'bca', 'cabc']
    const lexicon = buildLexicon(words, ['a', 'b', 'c'])
    const small = logs.subarray(5)
    const readings = readText(small, 5, ['a', 'b', 'c'], lexicon)
    const best = words
      .map((word) => word.toLowerCase())
      .map((word) => ({
        word,
        log: textLikelihood(
          small,
          5,
          Array.from(word, (character) => 'abc'.indexOf(character)),
        ),
      }))
      .sort((a, b) => b.log - a.log)[0]
    expect(readings[0]?.text.map((character) => 'abc'[character]).join('')).toBe(best?.word)
    expect(readings.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5)
  })

  it('reads a word in any case as the list spells it, and tells spellings of one list apart', () => {
    const written = [1, 4, 2, 4]
    const logs = columnLogs(
      Float32Array.from({ length: 20 }, (_, at) => (written[at % 4] === Math.floor(at / 4) ? 6 : 0)),
      4,
    )
    const read = (words: string[]): string =>
      spell(readText(logs, 4, classes, buildLexicon(words, classes))[0]?.text ?? [])
    expect(read(['Ab', 'c'])).toBe('Ab')
    expect(read(['Ab', 'ab', 'c'])).toBe('ab')
  })

  it('leaves out words of characters that it does not know', () => {
    expect([...buildLexicon(['xyz', ''], classes).next.keys()]).toEqual([])
  })
})

describe('scoring texts', () => {
  it('aligns them by the fewest changes', () => {
    expect(alignTexts([0, 1, 2], [1, 2, 3])).toEqual([
      { truth: 0, answer: null },
      { truth: 1, answer: 1 },
      { truth: 2, answer: 2 },
      { truth: null, answer: 3 },
    ])
  })

  it('counts characters and whole texts', () => {
    const scores = scoreTexts(
      [
        [1, 2],
        [1, 2, 3],
        [3, 3],
      ],
      [
        [1, 2],
        [1, 3],
        [3, 3, 1],
      ],
      classes,
    )
    expect(scores.accuracy).toBeCloseTo(1 / 3)
    expect(scores.characterErrorRate).toBeCloseTo(2 / 7)
    expect(scores.perClass[1]).toMatchObject({ label: 'a', support: 2, recall: 1, precision: 2 / 3 })
  })
})
