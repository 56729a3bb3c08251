import { foldCharacters, type LexiconNode } from './lexicon'
import { searchTexts } from './searchTexts'
import { addLogs, textLikelihood } from './textLikelihood'

/** A reading of a text. */
export interface TextReading {
  readonly text: readonly number[]
  /** As the list spells it, or as it was written. */
  readonly label: string
  /** Among all texts; with a list, among those of its words that were within reach. */
  readonly probability: number
}

const beamWidth = 24

/**
 * The most probable texts, best first; with a list, words of it, spelled as it does, whatever case they are written in.
 * @param logs of probabilities, [outputs, columns], the last output being 'nothing'
 * @returns none where no word of the list was within reach
 */
export function readText(
  logs: Float32Array,
  columns: number,
  classes: readonly string[],
  lexicon: LexiconNode | null = null,
): TextReading[] {
  if (!lexicon) {
    return searchTexts(logs, columns, { width: beamWidth }).map(({ text, log }) => ({
      text,
      label: text.map((character) => classes[character] ?? '').join(''),
      probability: Math.exp(log),
    }))
  }
  const found = searchTexts(foldCases(logs, columns, classes), columns, { width: beamWidth, lexicon })
  const total = found.reduce((sum, { log }) => addLogs(sum, log), -Infinity)
  return found.flatMap(({ log, place }): TextReading[] => {
    const spellings = (place?.spellings ?? []).map(({ word, text }) => ({
      word,
      text,
      log: textLikelihood(logs, columns, text),
    }))
    spellings.sort((a, b) => b.log - a.log)
    const sum = spellings.reduce((all, spelling) => addLogs(all, spelling.log), -Infinity)
    return spellings.map((spelling) => ({
      text: spelling.text,
      label: spelling.word,
      probability:
        Math.exp(log - total) * (sum === -Infinity ? 1 / spellings.length : Math.exp(spelling.log - sum)),
    }))
  })
}

/** Gives the first of characters that differ in case alone what all of them have. */
function foldCases(logs: Float32Array, columns: number, classes: readonly string[]): Float32Array {
  const folded = Float32Array.from(logs)
  foldCharacters(classes).foldOf.forEach((first, output) => {
    if (first === output) return
    for (let column = 0; column < columns; column++) {
      const [to, from] = [first * columns + column, output * columns + column]
      folded[to] = addLogs(folded[to] ?? -Infinity, logs[from] ?? -Infinity)
      folded[from] = -Infinity
    }
  })
  return folded
}
