import { inkBounds, type InkBounds } from '../../../shared/ink/bounds'
import type { Ink, Stroke } from '../../../shared/ink/ink'
import type { InkPart, Pin } from '../../../shared/recognition/line/lineReading'
import { findCuts } from './findCuts'
import type { LatticeAtom, Segment } from './segments'

/** The least that the search joins to characters: a stroke, a stretch of a long one, or what a person said is one character. */
export interface Atom extends LatticeAtom {
  readonly parts: readonly InkPart[]
  readonly strokes: readonly Stroke[]
}

export function strokesOf({ atoms }: Segment<Atom>): Stroke[] {
  return atoms.flatMap(({ strokes }) => strokes)
}

/** What of the ink is in a segment; stretches of a stroke that follow each other become one. */
export function partsOf({ atoms }: Segment<Atom>): InkPart[] {
  const sorted = atoms.flatMap(({ parts }) => parts).sort((a, b) => a.stroke - b.stroke || a.from - b.from)
  const joined: InkPart[] = []
  for (const part of sorted) {
    const last = joined.at(-1)
    if (last?.stroke === part.stroke && last.to >= part.from)
      joined[joined.length - 1] = { ...last, to: part.to }
    else joined.push(part)
  }
  return joined
}

/** Only strokes wider than this, in line heights, may be several characters. */
const widestWhole = 1.05

/**
 * Takes a line apart, further than it needs to be: the search joins what belongs together. Atoms come from left to right, by
 * their middles, so that a dot or a bar that was written late still stands with its character.
 * @param height of a tall character
 */
export function takeApart(ink: Ink, height: number, pins: readonly Pin[]): Atom[] {
  const pieces = ink.flatMap((stroke, index) => {
    const bounds = inkBounds([stroke])
    if (bounds === null) return []
    const cuts = bounds.width > widestWhole * height ? findCuts(stroke, height) : []
    const ends = [...new Set([...cuts, ...pinEnds(pins, index), stroke.length - 1])]
      .filter((end) => end < stroke.length)
      .sort((a, b) => a - b)
    return ends.map((to, at) => ({ stroke: index, from: at === 0 ? 0 : (ends[at - 1] ?? 0), to }))
  })
  const pinned = pins.flatMap((pin) => {
    const parts = pieces.filter((piece) => pin.parts.some((part) => lies(piece, part)))
    return parts.length === 0 ? [] : [{ parts, label: pin.label }]
  })
  const taken = new Set(pinned.flatMap(({ parts }) => parts))
  return [
    ...pinned.map(({ parts, label }) => atomOf(ink, parts, label)),
    ...pieces.filter((piece) => !taken.has(piece)).map((piece) => atomOf(ink, [piece], null)),
  ].sort((a, b) => middleOf(a.bounds) - middleOf(b.bounds))
}

/** A pinned stretch of a stroke is cut where it was cut when it was pinned, whatever has been written since. */
function pinEnds(pins: readonly Pin[], stroke: number): number[] {
  return pins
    .flatMap(({ parts }) => parts)
    .filter((part) => part.stroke === stroke)
    .flatMap(({ from, to }) => (from > 0 ? [from, to] : [to]))
}

function lies(piece: InkPart, part: InkPart): boolean {
  return piece.stroke === part.stroke && piece.from >= part.from && piece.to <= part.to
}

function middleOf(bounds: InkBounds): number {
  return bounds.left + bounds.width / 2
}

function atomOf(ink: Ink, parts: readonly InkPart[], label: string | null): Atom {
  const strokes = parts.map(({ stroke, from, to }) => (ink[stroke] ?? []).slice(from, to + 1))
  const bounds = inkBounds(strokes)
  if (bounds === null) throw new Error('an atom needs a point')
  return { parts, strokes, bounds, label, isCut: (parts[0]?.from ?? 0) > 0 }
}
