import { inkBounds, type InkBounds } from '../../../shared/ink/bounds'
import type { Stroke } from '../../../shared/ink/ink'
import type { InkPart } from '../../../shared/recognition/line/lineReading'
import type { Atom } from './atoms'
import { boundaryChance } from './gaps'

/** Some atoms in a row that may be one character: an edge of the lattice, from atom `start` to before atom `end`. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly strokes: readonly Stroke[]
  readonly bounds: InkBounds
  readonly parts: readonly InkPart[]
  /** What it was said to be. */
  readonly label: string | null
  /** What it costs that its atoms are no characters of their own. */
  readonly joinCost: number
  /** Between what is before it and its left end, in line heights; negative where they overlap. */
  readonly gap: number
  readonly beginsCut: boolean
}

const mostAtoms = 6
/** In line heights. */
const widest = 1.7

export function likelySegments(atoms: readonly Atom[], height: number): Segment[] {
  let rightmost = -Infinity
  return atoms.flatMap((_, start) => {
    const before = rightmost
    rightmost = Math.max(rightmost, rightOf(atoms[start]))
    return segmentsFrom(atoms, start, before, height)
  })
}

function segmentsFrom(atoms: readonly Atom[], start: number, before: number, height: number): Segment[] {
  const segments: Segment[] = []
  let joinCost = 0
  let right = rightOf(atoms[start])
  for (let end = start + 1; end <= Math.min(atoms.length, start + mostAtoms); end++) {
    const taken = atoms.slice(start, end)
    const last = taken.at(-1)
    if (!last || (taken.length > 1 && taken.some(({ label }) => label !== null))) break
    if (taken.length > 1) {
      joinCost -= Math.log(1 - boundaryChance((last.bounds.left - right) / height, last.isCut))
      right = Math.max(right, rightOf(last))
    }
    const strokes = taken.flatMap((atom) => atom.strokes)
    const bounds = inkBounds(strokes)
    if (bounds === null || (taken.length > 1 && bounds.width > widest * height)) break
    segments.push({
      start,
      end,
      strokes,
      bounds,
      parts: joinParts(taken.flatMap((atom) => atom.parts)),
      label: last.label,
      joinCost,
      gap: start === 0 ? 0 : (bounds.left - before) / height,
      beginsCut: taken[0]?.isCut ?? false,
    })
  }
  return segments
}

function rightOf(atom: Atom | undefined): number {
  return atom ? atom.bounds.left + atom.bounds.width : -Infinity
}

/** Stretches of a stroke that follow each other become one. */
function joinParts(parts: readonly InkPart[]): InkPart[] {
  const sorted = [...parts].sort((a, b) => a.stroke - b.stroke || a.from - b.from)
  const joined: InkPart[] = []
  for (const part of sorted) {
    const last = joined.at(-1)
    if (last?.stroke === part.stroke && last.to >= part.from)
      joined[joined.length - 1] = { ...last, to: part.to }
    else joined.push(part)
  }
  return joined
}
