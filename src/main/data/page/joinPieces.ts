import type { Component } from '../../../shared/image/components'
import { findRows } from './findRows'
import {
  gapAcross,
  gapDown,
  heightOf,
  joinNearest,
  longerSide,
  middleX,
  union,
  widthOf,
  type PieceGroup,
} from './pieceGroup'

/** A page's characters in rows, and the size that most of them have. */
export interface PageRows {
  readonly rows: readonly (readonly PieceGroup[])[]
  /** The longer side of a usual character, in pixels. */
  readonly size: number
  /** The usual gap between two neighbours in a row, in pixels; null where there are too few to tell. */
  readonly gap: number | null
}

/** Joins the pieces of ink that are one character: dots to their letters, strokes above each other, halves side by side. */
export function joinPieces(pieces: readonly Component[]): PageRows {
  const groups = pieces.map((piece): PieceGroup => ({ ...piece, bridged: 0 }))
  const first = usualSize(groups)
  const stacked = joinNearest(groups, (one, other) => isStacked(one, other, first, 0.35), 0.6 * first)
  const rough = findRows(stacked, usualSize(stacked))
  const size = usualSize(rough.flat())
  const inRows = rough.map((row) => joinNearest(row, (one, other) => isStacked(one, other, size, 0.8), size))
  const halves = joinBeside(inRows, size)
  // Characters of several pieces are larger than was to be seen before these were joined.
  const whole = usualSize(halves.flat())
  const joined = joinBeside(halves, whole).map((row) =>
    row.sort((one, other) => middleX(one) - middleX(other)),
  )
  return { rows: joined, size: usualSize(joined.flat()), gap: usualGap(joined) }
}

function joinBeside(rows: readonly (readonly PieceGroup[])[], size: number): PieceGroup[][] {
  const gap = usualGap(rows)
  return rows.map((row) => joinNearest(row, (one, other) => isBeside(one, other, size, gap), size))
}

/** The longer side that half of the ink's extent is at most; dots and specks hardly weigh in it. */
export function usualSize(groups: readonly Component[]): number {
  const sides = groups.map(longerSide).sort((first, second) => first - second)
  const total = sides.reduce((sum, side) => sum + side, 0)
  let below = 0
  for (const side of sides) {
    below += side
    if (below >= total / 2) return side
  }
  return 0
}

/** Strokes above each other, or a dot above its stem. @param nearness largest gap, as a share of the size */
function isStacked(first: PieceGroup, second: PieceGroup, size: number, nearness: number): boolean {
  const [smaller, larger] = first.area < second.area ? [first, second] : [second, first]
  const height = heightOf(union(first, second))
  const down = gapDown(first, second)
  const isDot = longerSide(smaller) <= 0.4 * size && smaller.area <= 0.3 * larger.area
  if (isDot) return gapAcross(first, second) <= 0.1 * size && down <= 0.6 * size && height <= 1.7 * size
  const shared = -gapAcross(first, second) / Math.min(widthOf(first), widthOf(second))
  return shared >= 0.5 && down <= nearness * size && height <= 1.3 * size
}

/** Halves of a character: much nearer to each other than neighbours are, and together no wider than one character. */
function isBeside(first: PieceGroup, second: PieceGroup, size: number, gap: number | null): boolean {
  const merged = union(first, second)
  const limit = besideLimit(size, gap)
  const between = gapAcross(first, second)
  // On a page whose characters stand apart, near pieces are one character though it be large.
  const apart = gap !== null && gap > 0.25 * size
  const room = apart ? Math.min(1, Math.max(0, 1 - between / limit)) : 0
  return between <= limit && longerSide(merged) <= (1.2 + 0.4 * room) * size
}

/** Pieces of one row that are nearer than this are one character. */
export function besideLimit(size: number, gap: number | null): number {
  return Math.min(0.3 * size, 0.45 * (gap ?? 0))
}

function usualGap(rows: readonly (readonly PieceGroup[])[]): number | null {
  const gaps = rows.flatMap((row) => {
    const sorted = [...row].sort((first, second) => first.left - second.left)
    return sorted.slice(1).map((group, at) => {
      const before = sorted[at]
      return before ? Math.max(0, group.left - before.right) : 0
    })
  })
  gaps.sort((first, second) => first - second)
  return gaps.length < 3 ? null : (gaps[gaps.length >> 1] ?? null)
}
