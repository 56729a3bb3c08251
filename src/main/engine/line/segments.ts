import type { InkBounds } from '../../../shared/ink/bounds'

/** The least that the search joins to characters, of ink or of a picture. */
export interface LatticeAtom {
  readonly bounds: InkBounds
  /** What it was said to be. */
  readonly label: string | null
  /** Whether it goes on what the atom before it began. */
  readonly isCut: boolean
}

/** Some atoms in a row that may be one character: an edge of the lattice, from atom `start` to before atom `end`. */
export interface Segment<Atom extends LatticeAtom = LatticeAtom> {
  readonly start: number
  readonly end: number
  readonly atoms: readonly Atom[]
  readonly bounds: InkBounds
  /** What it was said to be. */
  readonly label: string | null
  /** What it costs that its atoms are no characters of their own. */
  readonly joinCost: number
  /** Between what is before it and its left end, in line heights; negative where they overlap. */
  readonly gap: number
  /** What it costs that something else ends before it. */
  readonly boundaryCost: number
}

const mostAtoms = 6
/** In line heights. */
const widest = 1.7

/** How likely a character ends at a gap, in line heights; see gaps.ts. */
type BoundaryChance = (gap: number, isCut: boolean) => number

export function likelySegments<Atom extends LatticeAtom>(
  atoms: readonly Atom[],
  height: number,
  boundaryChance: BoundaryChance,
): Segment<Atom>[] {
  let rightmost = -Infinity
  return atoms.flatMap((_, start) => {
    const before = rightmost
    rightmost = Math.max(rightmost, rightOf(atoms[start]))
    return segmentsFrom(atoms, start, { before, height, boundaryChance })
  })
}

function segmentsFrom<Atom extends LatticeAtom>(
  atoms: readonly Atom[],
  start: number,
  { before, height, boundaryChance }: { before: number; height: number; boundaryChance: BoundaryChance },
): Segment<Atom>[] {
  const segments: Segment<Atom>[] = []
  let joinCost = 0
  let bounds = atoms[start]?.bounds
  for (let end = start + 1; end <= Math.min(atoms.length, start + mostAtoms); end++) {
    const taken = atoms.slice(start, end)
    const last = taken.at(-1)
    if (!last || !bounds || (taken.length > 1 && taken.some(({ label }) => label !== null))) break
    if (taken.length > 1) {
      const gap = last.bounds.left - bounds.left - bounds.width
      joinCost -= Math.log(1 - boundaryChance(gap / height, last.isCut))
      bounds = union(bounds, last.bounds)
      if (bounds.width > widest * height) break
    }
    const gapBefore = start === 0 ? 0 : (bounds.left - before) / height
    segments.push({
      start,
      end,
      atoms: taken,
      bounds,
      label: last.label,
      joinCost,
      gap: gapBefore,
      boundaryCost: start === 0 ? 0 : -Math.log(boundaryChance(gapBefore, taken[0]?.isCut ?? false)),
    })
  }
  return segments
}

function rightOf(atom: LatticeAtom | undefined): number {
  return atom ? atom.bounds.left + atom.bounds.width : -Infinity
}

function union(a: InkBounds, b: InkBounds): InkBounds {
  const left = Math.min(a.left, b.left)
  const top = Math.min(a.top, b.top)
  return {
    left,
    top,
    width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top,
  }
}
