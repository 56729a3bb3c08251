import type { Expectation } from '../../../shared/recognition/line/lineReading'
import type { Probabilities } from '../infer/probabilities'
import { decodeLattices, type DecodedLine, type Lattice } from './decodeLattices'
import { pieceBoundaryChance } from './gaps'
import { likelyFrames, type LineFrame } from './lineFrame'
import { markChances, type MarkShape } from './marks'
import type { Edge } from './searchLine'
import { labelCosts, type LabelCost } from './segmentLabels'
import { likelySegments, type LatticeAtom, type Segment } from './segments'
import { strayLabel } from './stray'

/** A piece of ink in a picture; see data/page/lines. Its bounds are those that it would have if the writing stood upright. */
export interface PieceAtom extends LatticeAtom {
  readonly id: number
  readonly shape: MarkShape
}

/** The model that pieces are read with. */
export interface PieceModel {
  readonly classes: readonly string[]
  readonly sureAt: number
  /** Of the ink of each list of pieces as one character. */
  readonly classify: (groups: readonly (readonly PieceAtom[])[]) => Promise<readonly Probabilities[]>
}

/** A line without one tall character is less likely than one with some. */
const smallOnly = 0.7
/** What it costs to pass over a piece: little where it is `low`, more for each line height that it is taller. */
const stray = { least: 1.2, low: 0.25, perHeight: 9, cut: 2.5 } as const

/** Reads a line of a picture as readLine reads one of ink, passing over what is no character. @param atoms one at least */
export async function readPieces(
  atoms: readonly PieceAtom[],
  expects: Expectation,
  model: PieceModel,
): Promise<DecodedLine<PieceAtom>> {
  const hasLetters = model.classes.some((label) => /^\p{Ll}$/u.test(label))
  const frames = likelyFrames(
    atoms.map(({ bounds }) => bounds),
    undefined,
    hasLetters,
  )
  const segmentsOf = frames.map(({ height }) => likelySegments(atoms, height, pieceBoundaryChance))
  const seen = await classifyOnce(segmentsOf.flat(), model)
  const lattices = frames.map((frame, at): Lattice<PieceAtom> => ({
    edges: (segmentsOf[at] ?? []).map((segment) => edgeOf(segment, seen, model.classes, frame)),
    atoms: atoms.length,
    prior: at === 0 ? 0 : smallOnly,
  }))
  return decodeLattices(lattices, expects, model.sureAt)
}

const keyOf = ({ atoms }: Segment<PieceAtom>): string => atoms.map(({ id }) => id).join(' ')

/** Asks for each group of pieces once, whichever frames it is in. */
async function classifyOnce(
  segments: readonly Segment<PieceAtom>[],
  { classify }: PieceModel,
): Promise<ReadonlyMap<string, Probabilities>> {
  const groups = new Map(segments.map((segment) => [keyOf(segment), segment.atoms]))
  const seen = await classify([...groups.values()])
  return new Map([...groups.keys()].flatMap((key, at) => (seen[at] ? [[key, seen[at]]] : [])))
}

function edgeOf(
  segment: Segment<PieceAtom>,
  known: ReadonlyMap<string, Probabilities>,
  classes: readonly string[],
  frame: LineFrame,
): Edge<PieceAtom> {
  const seen = known.get(keyOf(segment))
  if (!seen) throw new Error('a segment was not classified')
  const shapes = segment.atoms.map(({ shape }) => shape)
  const marks = markChances(shapes, segment.bounds, frame)
  const labels = labelCosts(segment, seen, classes, frame, marks)
  return {
    segment,
    labels: segment.atoms.length === 1 ? [...labels, strayCost(segment, marks, frame)] : labels,
  }
}

function strayCost(
  { bounds, atoms }: Segment<PieceAtom>,
  marks: ReadonlyMap<string, number>,
  { height }: LineFrame,
): LabelCost {
  const isMark = [...marks.values()].reduce((sum, chance) => sum + chance, 0)
  const high = bounds.height / height
  const size = stray.perHeight * Math.max(0, high - stray.low) * (1 - isMark)
  return { label: strayLabel, cost: stray.least + size + (atoms[0]?.isCut ? stray.cut : 0) }
}
