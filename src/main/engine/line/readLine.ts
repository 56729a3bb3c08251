import { inkBounds } from '../../../shared/ink/bounds'
import type { Ink } from '../../../shared/ink/ink'
import type { LineReading, LineRequest } from '../../../shared/recognition/line/lineReading'
import { xHeightShare } from '../../../shared/recognition/line/xHeight'
import type { Probabilities } from '../infer/probabilities'
import { partsOf, strokesOf, takeApart, type Atom } from './atoms'
import { decodeLattices, type Lattice } from './decodeLattices'
import { boundaryChance } from './gaps'
import { likelyFrames, type LineFrame } from './lineFrame'
import { markChances, markShapeOf } from './marks'
import type { Edge } from './searchLine'
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

/**
 * Reads a line of separate characters: strokes are taken apart into atoms, runs of atoms become the edges of a lattice, the
 * model says of all edges at once what they may be, and the cheapest path that fits what is expected is the reading
 * (explicit segmentation, as in Liu, Koga and Fujisawa 2002).
 * @param ink one point at least
 */
export async function readLine(request: LineRequest, model: LineModel): Promise<Read> {
  const { ink, expects, guides, pins } = request
  const hasLetters = model.classes.some((label) => /^\p{Ll}$/u.test(label))
  const classify = cachedClassifier(model)
  const boxes = ink.flatMap((stroke) => inkBounds([stroke]) ?? [])
  const lattices: Lattice<Atom>[] = []
  for (const frame of likelyFrames(boxes, guides, hasLetters)) {
    const atoms = takeApart(ink, frame.height, pins)
    const segments = likelySegments(atoms, frame.height, boundaryChance)
    const seen = await classify(segments)
    const edges = segments.map((segment, at) => edgeOf(segment, seen[at], model, frame))
    lattices.push({ edges, atoms: atoms.length, prior: framePrior(frame, lattices.length === 0, request) })
  }
  const { characters, ...line } = decodeLattices(lattices, expects, model.sureAt)
  return {
    ...line,
    characters: characters.map(({ segment, ...character }) => ({ ...character, parts: partsOf(segment) })),
  }
}

/**
 * What it costs that the writing is of this size: next to the guide lines, half the squared distance in logarithms of a third;
 * without them, a little for a line without one tall character.
 */
function framePrior({ height }: LineFrame, isFirst: boolean, { guides }: LineRequest): number {
  if (!guides) return isFirst ? 0 : 0.7
  return (Math.log((height * xHeightShare) / guides.xHeight) / 0.33) ** 2 / 2
}

function edgeOf(
  segment: Segment<Atom>,
  seen: Probabilities | undefined,
  model: LineModel,
  frame: LineFrame,
): Edge<Atom> {
  if (!seen) throw new Error('a segment was not classified')
  const marks = markChances(strokesOf(segment).map(markShapeOf), segment.bounds, frame)
  return { segment, labels: labelCosts(segment, seen, model.classes, frame, marks) }
}

/** Asks for each segment once, whichever frames it is in. */
function cachedClassifier({
  classify,
}: LineModel): (segments: readonly Segment<Atom>[]) => Promise<Probabilities[]> {
  const known = new Map<string, Probabilities>()
  return async (segments) => {
    const keys = segments.map((segment) => JSON.stringify(partsOf(segment)))
    const missing = segments.filter((_, at) => !known.has(keys[at] ?? ''))
    if (missing.length > 0) {
      const seen = await classify(missing.map(strokesOf))
      missing.forEach((segment, at) => {
        const probabilities = seen[at]
        if (probabilities) known.set(JSON.stringify(partsOf(segment)), probabilities)
      })
    }
    return keys.flatMap((key) => known.get(key) ?? [])
  }
}
