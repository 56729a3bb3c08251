import type { Ink } from '../../../shared/ink/ink'
import type { Candidate } from '../../../shared/recognition/prediction'
import type { LineCharacter, LineReading, LineRequest } from '../../../shared/recognition/line/lineReading'
import { xHeightShare } from '../../../shared/recognition/line/xHeight'
import type { Probabilities } from '../infer/probabilities'
import { takeApart } from './atoms'
import type { Grammar } from './grammar'
import { grammarOf } from './grammarOf'
import { likelyFrames, type LineFrame } from './lineFrame'
import { searchLine, type Edge, type Path, type PathStep } from './searchLine'
import { labelCosts } from './segmentLabels'
import { likelySegments, type Segment } from './segments'

/** The model that a line is read with. */
export interface LineModel {
  readonly classes: readonly string[]
  /** A character counts as sure from here on. */
  readonly sureAt: number
  /** Of each ink as one character, all in one run. */
  readonly classify: (inks: readonly Ink[]) => Promise<readonly Probabilities[]>
}

type Read = Omit<LineReading, 'model' | 'elapsedMs'>

const candidatesShown = 5
/** What a label costs that cannot stand where it would, when candidates are ranked: a person may know better. */
const unexpectedCost = 3

/**
 * Reads a line of separate characters: strokes are taken apart into atoms, runs of atoms become the edges of a lattice, the
 * model says of all edges at once what they may be, and the cheapest path that fits what is expected is the reading
 * (explicit segmentation, as in Liu, Koga and Fujisawa 2002).
 * @param ink one point at least
 */
export async function readLine(request: LineRequest, model: LineModel): Promise<Read> {
  const { ink, expects, guides, pins } = request
  const hasLetters = model.classes.some((label) => /^\p{Ll}$/u.test(label))
  const grammar = grammarOf(expects)
  const classify = cachedClassifier(model)
  const lattices: Lattice[] = []
  for (const frame of likelyFrames(ink, guides, hasLetters)) {
    const atoms = takeApart(ink, frame.height, pins)
    const segments = likelySegments(atoms, frame.height)
    const seen = await classify(segments)
    const edges = segments.map((segment, at) => edgeOf(segment, seen[at], model, frame))
    lattices.push({
      edges,
      atoms: atoms.length,
      prior: framePrior(frame, lattices[0]?.frame, request),
      frame,
    })
  }
  const fitting = search(lattices, grammar)
  const paths = fitting.length > 0 ? fitting : search(lattices, grammarOf('free'))
  const [best] = paths
  return {
    text: best?.text ?? '',
    characters: best
      ? charactersOf(best, fitting.length > 0 ? grammar : grammarOf('free'), model.sureAt)
      : [],
    alternatives: paths.slice(1).map(({ text }) => text),
    fits: fitting.length > 0,
  }
}

interface Lattice {
  readonly edges: readonly Edge[]
  readonly atoms: number
  readonly prior: number
  readonly frame: LineFrame
}

function search(lattices: readonly Lattice[], grammar: Grammar): Path[] {
  const paths = lattices.flatMap(({ edges, atoms, prior }) =>
    searchLine(edges, atoms, grammar).map((path) => ({ ...path, cost: path.cost + prior })),
  )
  const texts = new Set<string>()
  return paths
    .sort((a, b) => a.cost - b.cost)
    .filter(({ text }) => !texts.has(text) && texts.add(text))
    .slice(0, candidatesShown)
}

/**
 * What it costs that the writing is of this size: next to the guide lines, half the squared distance in logarithms of a third;
 * without them, a little for a line without one tall character.
 */
function framePrior({ height }: LineFrame, first: LineFrame | undefined, { guides }: LineRequest): number {
  if (!guides) return first ? 0.7 : 0
  return (Math.log((height * xHeightShare) / guides.xHeight) / 0.33) ** 2 / 2
}

function edgeOf(segment: Segment, seen: Probabilities | undefined, model: LineModel, frame: LineFrame): Edge {
  if (!seen) throw new Error('a segment was not classified')
  return { segment, labels: labelCosts(segment, seen, model.classes, frame) }
}

function charactersOf(path: Path, grammar: Grammar, sureAt: number): LineCharacter[] {
  let state = grammar.start
  return path.steps.map((step) => {
    if (step.spaceBefore) state = grammar.next(state, ' ')?.state ?? state
    const candidates = rank(step, state, grammar)
    state = grammar.next(state, step.label)?.state ?? state
    const probability = candidates[0]?.probability ?? 0
    return {
      label: step.shown,
      probability,
      sure: step.edge.segment.label !== null || probability >= sureAt,
      candidates,
      parts: [...step.edge.segment.parts],
      spaceBefore: step.spaceBefore,
    }
  })
}

/** What the character may be where it stands, the one that was read first. */
function rank({ edge, label, shown }: PathStep, state: string, grammar: Grammar): Candidate[] {
  const least = Math.min(...edge.labels.map(({ cost }) => cost))
  const weighed = edge.labels.map((known) => {
    const cost = known.cost + (grammar.next(state, known.label)?.cost ?? unexpectedCost)
    return { label: known.label, weight: Math.exp(least - cost) }
  })
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  return weighed
    .sort((a, b) => Number(b.label === label) - Number(a.label === label) || b.weight - a.weight)
    .slice(0, candidatesShown)
    .map((known) => ({
      label: known.label === label ? shown : known.label,
      probability: total > 0 ? known.weight / total : 0,
    }))
}

/** Asks for each segment once, whichever frames it is in. */
function cachedClassifier({
  classify,
}: LineModel): (segments: readonly Segment[]) => Promise<Probabilities[]> {
  const known = new Map<string, Probabilities>()
  return async (segments) => {
    const keys = segments.map(({ parts }) => JSON.stringify(parts))
    const missing = segments.filter((_, at) => !known.has(keys[at] ?? ''))
    if (missing.length > 0) {
      const seen = await classify(missing.map(({ strokes }) => strokes))
      missing.forEach(({ parts }, at) => {
        const probabilities = seen[at]
        if (probabilities) known.set(JSON.stringify(parts), probabilities)
      })
    }
    return keys.flatMap((key) => known.get(key) ?? [])
  }
}
