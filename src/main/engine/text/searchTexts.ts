import type { LexiconNode } from './lexicon'
import { addLogs } from './textLikelihood'

/** A text that columns may spell. */
export interface FoundText {
  /** Numbers of characters. */
  readonly text: number[]
  /** The logarithm of its probability, of the ways that the search kept. */
  readonly log: number
  /** Where it ends in the list of words; null without a list. */
  readonly place: LexiconNode | null
}

/** The beginning of texts. */
interface Prefix {
  readonly parent: Prefix | null
  readonly output: number
  readonly place: LexiconNode | null
  readonly children: Map<number, Prefix>
  /** Logarithms of the probability of ways that end in nothing, and in the last character; now, and after the next column. */
  afterNothing: number
  afterCharacter: number
  nextAfterNothing: number
  nextAfterCharacter: number
}

/** Less probable characters of a column are not tried where there is no list. */
const leastLog = -9

/**
 * Prefix beam search (Hannun et al. 2014): sums the probabilities of all ways that spell the same beginning, and keeps the
 * best beginnings from column to column; with a list, beginnings of its words alone.
 * @param logs of probabilities, [outputs, columns], the last output being 'nothing'
 * @param width how many beginnings are kept
 * @returns the most probable first; of a list, whole words only, and none where no word was within reach
 */
export function searchTexts(
  logs: Float32Array,
  columns: number,
  { width, lexicon = null }: { width: number; lexicon?: LexiconNode | null },
): FoundText[] {
  const nothing = logs.length / columns - 1
  const characters = Array.from({ length: nothing }, (_, output) => output)
  const root = createPrefix(null, -1, lexicon)
  root.afterNothing = 0
  let kept: Prefix[] = [root]
  for (let column = 0; column < columns; column++) {
    const logAt = (output: number): number => logs[output * columns + column] ?? -Infinity
    const touched = new Set<Prefix>(kept)
    const likely = characters.filter((output) => logAt(output) > leastLog)
    for (const prefix of kept) {
      const total = addLogs(prefix.afterNothing, prefix.afterCharacter)
      prefix.nextAfterNothing = addLogs(prefix.nextAfterNothing, total + logAt(nothing))
      if (prefix.parent) {
        prefix.nextAfterCharacter = addLogs(
          prefix.nextAfterCharacter,
          prefix.afterCharacter + logAt(prefix.output),
        )
      }
      for (const output of prefix.place ? prefix.place.next.keys() : likely) {
        const child = childOf(prefix, output)
        const before = output === prefix.output ? prefix.afterNothing : total
        child.nextAfterCharacter = addLogs(child.nextAfterCharacter, before + logAt(output))
        touched.add(child)
      }
    }
    for (const prefix of touched) {
      prefix.afterNothing = prefix.nextAfterNothing
      prefix.afterCharacter = prefix.nextAfterCharacter
      prefix.nextAfterNothing = -Infinity
      prefix.nextAfterCharacter = -Infinity
    }
    kept = best([...touched], width)
    const stays = new Set(kept)
    for (const prefix of touched) {
      if (stays.has(prefix)) continue
      prefix.afterNothing = -Infinity
      prefix.afterCharacter = -Infinity
    }
  }
  return kept
    .filter(({ place }) => !place || place.spellings.length > 0)
    .map((prefix) => ({ text: textOf(prefix), log: totalOf(prefix), place: prefix.place }))
}

function createPrefix(parent: Prefix | null, output: number, place: LexiconNode | null): Prefix {
  return {
    parent,
    output,
    place,
    children: new Map(),
    afterNothing: -Infinity,
    afterCharacter: -Infinity,
    nextAfterNothing: -Infinity,
    nextAfterCharacter: -Infinity,
  }
}

function childOf(prefix: Prefix, output: number): Prefix {
  const known = prefix.children.get(output)
  if (known) return known
  const child = createPrefix(prefix, output, prefix.place?.next.get(output) ?? null)
  prefix.children.set(output, child)
  return child
}

const totalOf = ({ afterNothing, afterCharacter }: Prefix): number => addLogs(afterNothing, afterCharacter)

function best(prefixes: Prefix[], width: number): Prefix[] {
  return prefixes
    .map((prefix) => ({ prefix, total: totalOf(prefix) }))
    .sort((a, b) => b.total - a.total)
    .slice(0, width)
    .map(({ prefix }) => prefix)
}

function textOf(prefix: Prefix): number[] {
  const text: number[] = []
  for (let at: Prefix = prefix; at.parent; at = at.parent) text.push(at.output)
  return text.reverse()
}
