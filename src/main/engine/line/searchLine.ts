import { spaceChance } from './gaps'
import type { Grammar, Step } from './grammar'
import type { LabelCost } from './segmentLabels'
import type { LatticeAtom, Segment } from './segments'

/** A segment, and what it may be. */
export interface Edge<Atom extends LatticeAtom = LatticeAtom> {
  readonly segment: Segment<Atom>
  readonly labels: readonly LabelCost[]
}

/** A character of a path through the lattice. */
export interface PathStep<Atom extends LatticeAtom = LatticeAtom> {
  readonly edge: Edge<Atom>
  readonly label: string
  /** As the grammar has it read. */
  readonly shown: string
  readonly spaceBefore: boolean
}

export interface Path<Atom extends LatticeAtom = LatticeAtom> {
  readonly steps: readonly PathStep<Atom>[]
  readonly text: string
  readonly cost: number
}

interface Hypothesis<Atom extends LatticeAtom> {
  readonly cost: number
  readonly state: string
  readonly before: Hypothesis<Atom> | null
  readonly step: PathStep<Atom> | null
}

/** Hypotheses that are followed from each place, and those of them that may share a state of the grammar. */
const beamWidth = 80
const perState = 3
const readingsWanted = 5

/**
 * The cheapest readings of a lattice that a grammar allows, best first, by a beam search over the places between atoms
 * (Viterbi 1967, with some paths for each state instead of one, so that there are alternatives).
 * @param edges of all places, those to one place behind those to the places before it
 * @param atoms how many there are
 */
export function searchLine<Atom extends LatticeAtom>(
  edges: readonly Edge<Atom>[],
  atoms: number,
  grammar: Grammar,
): Path<Atom>[] {
  const steps = cachedSteps(grammar)
  const from = Array.from({ length: atoms }, (): Edge<Atom>[] => [])
  for (const edge of edges) from[edge.segment.start]?.push(edge)
  const places = Array.from({ length: atoms + 1 }, () => new Map<string, Hypothesis<Atom>[]>())
  places[0]?.set(grammar.start, [{ cost: 0, state: grammar.start, before: null, step: null }])
  from.forEach((starting, place) => {
    const beam = [...(places[place]?.values() ?? [])]
      .flat()
      .sort((a, b) => a.cost - b.cost)
      .slice(0, beamWidth)
    for (const edge of starting) {
      const target = places[edge.segment.end]
      if (target) for (const hypothesis of beam) extend(hypothesis, edge, grammar, steps, target)
    }
  })
  const ends = [...(places[atoms]?.values() ?? [])]
    .flat()
    .filter(({ state }) => grammar.isEnd(state))
    .sort((a, b) => a.cost - b.cost)
    .map(pathOf)
    .filter(({ text }) => grammar.isPossible?.(text) ?? true)
  const texts = new Set<string>()
  return ends.filter(({ text }) => !texts.has(text) && texts.add(text)).slice(0, readingsWanted)
}

type Steps = (state: string, label: string) => Step | null

/** Adds what a hypothesis becomes by one more character to those that end where the character does. */
function extend<Atom extends LatticeAtom>(
  hypothesis: Hypothesis<Atom>,
  edge: Edge<Atom>,
  grammar: Grammar,
  steps: Steps,
  target: Map<string, Hypothesis<Atom>[]>,
): void {
  const { segment, labels } = edge
  const isFirst = hypothesis.before === null
  const reached = hypothesis.cost + segment.boundaryCost + segment.joinCost
  const space = isFirst ? 0 : spaceChance(segment.gap)
  const hereCost = grammar.hasSpaces ? -Math.log(1 - space) : 0
  const ways = [{ state: hypothesis.state, cost: reached + hereCost, spaceBefore: false }]
  const spaced = grammar.hasSpaces && !isFirst ? steps(hypothesis.state, ' ') : null
  if (spaced) {
    ways.push({ state: spaced.state, cost: reached - Math.log(space) + spaced.cost, spaceBefore: true })
  }
  for (const way of ways) {
    for (const { label, cost } of labels) {
      const next = steps(way.state, label)
      if (!next) continue
      keep(target, {
        cost: way.cost + cost + next.cost,
        state: next.state,
        before: hypothesis,
        step: { edge, label, shown: next.shown ?? label, spaceBefore: way.spaceBefore },
      })
    }
  }
}

function keep<Atom extends LatticeAtom>(
  target: Map<string, Hypothesis<Atom>[]>,
  hypothesis: Hypothesis<Atom>,
): void {
  const kept = target.get(hypothesis.state) ?? []
  if (kept.length >= perState && hypothesis.cost >= (kept.at(-1)?.cost ?? Infinity)) return
  kept.push(hypothesis)
  kept.sort((a, b) => a.cost - b.cost)
  target.set(hypothesis.state, kept.slice(0, perState))
}

function pathOf<Atom extends LatticeAtom>(end: Hypothesis<Atom>): Path<Atom> {
  const steps: PathStep<Atom>[] = []
  for (let at: Hypothesis<Atom> | null = end; at?.step; at = at.before) steps.unshift(at.step)
  const text = steps.map(({ shown, spaceBefore }) => (spaceBefore ? ` ${shown}` : shown)).join('')
  return { steps, text, cost: end.cost }
}

/** A grammar is asked the same many times over. */
function cachedSteps(grammar: Grammar): Steps {
  const known = new Map<string, Map<string, Step | null>>()
  return (state, label) => {
    const ofState = known.get(state) ?? new Map<string, Step | null>()
    known.set(state, ofState)
    const step = ofState.get(label)
    if (step !== undefined) return step
    const next = grammar.next(state, label)
    ofState.set(label, next)
    return next
  }
}
