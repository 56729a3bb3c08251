import type { Component } from '../../../shared/image/components'

/** Pieces of ink that belong to one character. `right` and `bottom` are the first column and row beyond it. */
export interface PieceGroup extends Component {
  /** The largest of the gaps that were bridged to join it, in pixels; 0 for what hangs together. */
  readonly bridged: number
}

export const widthOf = ({ left, right }: Component): number => right - left
export const heightOf = ({ top, bottom }: Component): number => bottom - top
export const longerSide = (piece: Component): number => Math.max(widthOf(piece), heightOf(piece))
export const middleX = ({ left, right }: Component): number => (left + right) / 2
export const middleY = ({ top, bottom }: Component): number => (top + bottom) / 2

/** Negative where they overlap. */
export const gapAcross = (first: Component, second: Component): number =>
  Math.max(first.left, second.left) - Math.min(first.right, second.right)
export const gapDown = (first: Component, second: Component): number =>
  Math.max(first.top, second.top) - Math.min(first.bottom, second.bottom)

export function union(first: PieceGroup, second: PieceGroup): PieceGroup {
  return {
    area: first.area + second.area,
    left: Math.min(first.left, second.left),
    top: Math.min(first.top, second.top),
    right: Math.max(first.right, second.right),
    bottom: Math.max(first.bottom, second.bottom),
    bridged: Math.max(first.bridged, second.bridged, gapAcross(first, second), gapDown(first, second)),
  }
}

/**
 * Joins groups two by two, those with the smallest gap first, as long as `belong` says that they, as they have become by then,
 * are one character.
 */
export function joinNearest(
  groups: readonly PieceGroup[],
  belong: (first: PieceGroup, second: PieceGroup) => boolean,
  farthest: number,
): PieceGroup[] {
  const pairs: { first: number; second: number; gap: number }[] = []
  const order = groups.map((_, at) => at).sort((a, b) => (groups[a]?.left ?? 0) - (groups[b]?.left ?? 0))
  order.forEach((first, place) => {
    const one = groups[first]
    for (const second of order.slice(place + 1)) {
      const other = groups[second]
      if (!one || !other || other.left - one.right > farthest) break
      const gap = Math.hypot(Math.max(0, gapAcross(one, other)), Math.max(0, gapDown(one, other)))
      if (gap <= farthest) pairs.push({ first, second, gap })
    }
  })
  pairs.sort((one, other) => one.gap - other.gap || one.first - other.first || one.second - other.second)
  const parent = groups.map((_, at) => at)
  const current: (PieceGroup | undefined)[] = [...groups]
  const rootOf = (at: number): number => {
    let root = at
    while (parent[root] !== root) root = parent[root] ?? root
    return root
  }
  for (const pair of pairs) {
    const [first, second] = [rootOf(pair.first), rootOf(pair.second)]
    const [one, other] = [current[first], current[second]]
    if (first === second || !one || !other || !belong(one, other)) continue
    parent[second] = first
    current[first] = union(one, other)
    current[second] = undefined
  }
  return current.filter((group) => group !== undefined)
}
