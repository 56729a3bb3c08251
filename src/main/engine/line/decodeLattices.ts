import type { Expectation } from '../../../shared/recognition/line/lineReading'
import type { Candidate } from '../../../shared/recognition/prediction'
import type { Grammar } from './grammar'
import { grammarOf } from './grammarOf'
import { searchLine, type Edge, type Path, type PathStep } from './searchLine'
import type { LatticeAtom, Segment } from './segments'
import { strayLabel } from './stray'

/** What a line may be made of, as of one guess of how large its characters are. */
export interface Lattice<Atom extends LatticeAtom> {
  readonly edges: readonly Edge<Atom>[]
  /** How many there are. */
  readonly atoms: number
  /** What the guess costs. */
  readonly prior: number
}

export interface DecodedCharacter<Atom extends LatticeAtom> {
  readonly label: string
  readonly probability: number
  readonly sure: boolean
  readonly candidates: Candidate[]
  readonly spaceBefore: boolean
  readonly segment: Segment<Atom>
}

export interface DecodedLine<Atom extends LatticeAtom> {
  readonly text: string
  readonly characters: readonly DecodedCharacter<Atom>[]
  /** Other readings of the whole line, best first. */
  readonly alternatives: string[]
  /** False where nothing was found that is of the expected kind; the reading is free then. */
  readonly fits: boolean
}

const candidatesShown = 5
/** What a label costs that cannot stand where it would, when candidates are ranked: a person may know better. */
const unexpectedCost = 3

/** The cheapest way through any of the lattices that fits what is expected; any at all where none does. */
export function decodeLattices<Atom extends LatticeAtom>(
  lattices: readonly Lattice<Atom>[],
  expects: Expectation,
  sureAt: number,
): DecodedLine<Atom> {
  const expected = withStrays(grammarOf(expects))
  const fitting = search(lattices, expected)
  const grammar = fitting.length > 0 ? expected : withStrays(grammarOf('free'))
  const paths = fitting.length > 0 ? fitting : search(lattices, grammar)
  const [best] = paths
  return {
    text: best?.text ?? '',
    characters: best ? charactersOf(best, grammar, sureAt) : [],
    alternatives: paths.slice(1).map(({ text }) => text),
    fits: fitting.length > 0,
  }
}

/** What is passed over may stand anywhere. */
function withStrays(grammar: Grammar): Grammar {
  return {
    ...grammar,
    next: (state, label) => (label === strayLabel ? { state, cost: 0 } : grammar.next(state, label)),
  }
}

function search<Atom extends LatticeAtom>(
  lattices: readonly Lattice<Atom>[],
  grammar: Grammar,
): Path<Atom>[] {
  const paths = lattices.flatMap(({ edges, atoms, prior }) =>
    searchLine(edges, atoms, grammar).map((path) => ({ ...path, cost: path.cost + prior })),
  )
  const texts = new Set<string>()
  return paths
    .sort((a, b) => a.cost - b.cost)
    .filter(({ text }) => !texts.has(text) && texts.add(text))
    .slice(0, candidatesShown)
}

function charactersOf<Atom extends LatticeAtom>(
  path: Path<Atom>,
  grammar: Grammar,
  sureAt: number,
): DecodedCharacter<Atom>[] {
  let state = grammar.start
  let spaceBefore = false
  return path.steps.flatMap((step) => {
    spaceBefore ||= step.spaceBefore
    if (step.spaceBefore) state = grammar.next(state, ' ')?.state ?? state
    if (step.label === strayLabel) return []
    const candidates = rank(step, state, grammar)
    state = grammar.next(state, step.label)?.state ?? state
    const probability = candidates[0]?.probability ?? 0
    const { segment } = step.edge
    const sure = segment.label !== null || probability >= sureAt
    const character = { label: step.shown, probability, sure, candidates, spaceBefore, segment }
    spaceBefore = false
    return [character]
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
    .filter((known) => known.label !== strayLabel)
    .sort((a, b) => Number(b.label === label) - Number(a.label === label) || b.weight - a.weight)
    .slice(0, candidatesShown)
    .map((known) => ({
      label: known.label === label ? shown : known.label,
      probability: total > 0 ? known.weight / total : 0,
    }))
}
