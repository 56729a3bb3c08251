import type { Ink } from '../../../shared/ink/ink'
import type { LineCharacter, LineReading, LineRequest } from '../../../shared/recognition/line/lineReading'
import type { Candidate } from '../../../shared/recognition/prediction'
import { splitWords } from '../../../shared/ink/splitWords'
import { buildLexicon, type LexiconNode } from './lexicon'
import { readText } from './readText'

/** The model that joined-up writing is read with. */
export interface TextModel {
  readonly classes: readonly string[]
  readonly columns: number
  /** A word counts as sure from here on. */
  readonly sureAt: number
  /** Of each ink the logarithms of probabilities, [classes + 1, columns], all in one run. */
  readonly run: (inks: readonly Ink[]) => Promise<readonly Float32Array[]>
}

const candidatesShown = 5

/**
 * Reads a line of joined-up writing word by word. A word takes the place that a character has in a line of separate ones: it can be
 * pinned, and picked from its candidates.
 * @param request what is expected is a list of words, or anything
 */
export async function readJoined(
  { ink, expects, pins }: LineRequest,
  model: TextModel,
): Promise<Omit<LineReading, 'model' | 'elapsedMs'>> {
  const lexicon = typeof expects === 'object' ? buildLexicon(expects.words, model.classes) : null
  const words = splitWords(ink)
  const seen = await model.run(words.map((strokes) => strokes.flatMap((at) => [ink[at] ?? []])))
  const read = words.map((strokes, at) => {
    const parts = strokes.map((stroke) => ({ stroke, from: 0, to: (ink[stroke]?.length ?? 1) - 1 }))
    const pin = pins.find((pinned) => coversSame(pinned.parts, strokes))
    const found = candidatesOf(seen[at] ?? new Float32Array(), model, lexicon)
    const { candidates, fits } = pin ? { candidates: pinned(pin.label, found.candidates), fits: true } : found
    const [best = { label: '', probability: 0 }] = candidates
    const sure = pin !== undefined || best.probability >= model.sureAt
    const word: LineCharacter = { ...best, sure, candidates, parts, spaceBefore: at > 0 }
    return { word, fits }
  })
  return {
    text: read.map(({ word }) => word.label).join(' '),
    characters: read.map(({ word }) => word),
    alternatives: alternativesOf(read.map(({ word }) => word)),
    fits: (expects === 'free' || lexicon !== null) && read.every(({ fits }) => fits),
  }
}

function coversSame(parts: readonly { stroke: number }[], strokes: readonly number[]): boolean {
  const pinned = new Set(parts.map(({ stroke }) => stroke))
  return pinned.size === strokes.length && strokes.every((stroke) => pinned.has(stroke))
}

function candidatesOf(
  logs: Float32Array,
  { columns, classes }: TextModel,
  lexicon: LexiconNode | null,
): { candidates: Candidate[]; fits: boolean } {
  const listed = lexicon ? readText(logs, columns, classes, lexicon) : []
  const readings = listed.length > 0 ? listed : readText(logs, columns, classes)
  const candidates = readings
    .filter(({ text }) => text.length > 0)
    .slice(0, candidatesShown)
    .map(({ label, probability }) => ({
      label,
      probability: Math.min(1, probability),
    }))
  return {
    candidates: candidates.length > 0 ? candidates : [{ label: '?', probability: 0 }],
    fits: (!lexicon || listed.length > 0) && candidates.length > 0,
  }
}

/** What a person said comes first, and is certain. */
function pinned(label: string, candidates: readonly Candidate[]): Candidate[] {
  const others = candidates.filter((candidate) => candidate.label !== label)
  return [{ label, probability: 1 }, ...others.map((other) => ({ ...other, probability: 0 }))].slice(
    0,
    candidatesShown,
  )
}

/** The line with its least sure word read in another way. */
function alternativesOf(words: readonly LineCharacter[]): string[] {
  const probabilities = words.map(({ probability }) => probability)
  const least = probabilities.indexOf(Math.min(...probabilities))
  return (words[least]?.candidates ?? [])
    .slice(1)
    .map(({ label }) => words.map((word, at) => (at === least ? label : word.label)).join(' '))
}
