import type { Raster } from '../../../shared/image/raster'
import { findPageRows } from './findPageRows'
import { besideLimit, type PageRows } from './joinPieces'
import { heightOf, longerSide, widthOf, type PieceGroup } from './pieceGroup'
import { splitTouching } from './splitTouching'

/** A character's place on a straightened page, in its pixels. */
export interface FoundCharacter {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** From 0, from the top and from the left. */
  readonly row: number
  readonly column: number
  /** From 0 to 1: how like the page's other characters it is in size, and how clearly it is apart from its neighbours. */
  readonly confidence: number
}

export interface CutPage {
  /** The page with its lines level. */
  readonly page: Raster
  /** By how many degrees it was turned clockwise around its middle. */
  readonly turned: number
  readonly characters: readonly FoundCharacter[]
}

/**
 * Turns a page until its lines are level, and finds its characters.
 *
 * @param page dark on light, as bright as it is in the picture
 */
export function cutPage(page: Raster): CutPage {
  const { page: straight, turned, ink, found } = findPageRows(page, 'page')
  const rows = found.rows.map((row) =>
    row.flatMap((group) => splitTouching(group, found.size, ink, straight)),
  )
  return { page: straight, turned, characters: inOrder({ ...found, rows }) }
}

function inOrder({ rows, size, gap }: PageRows): FoundCharacter[] {
  const limit = besideLimit(size, gap)
  return rows.flatMap((row, rowIndex) =>
    row.map((group, column): FoundCharacter => {
      const before = row[column - 1]
      const after = row[column + 1]
      const nearest = Math.min(
        before ? group.left - before.right : Infinity,
        after ? after.left - group.right : Infinity,
      )
      return {
        x: group.left,
        y: group.top,
        width: widthOf(group),
        height: heightOf(group),
        row: rowIndex,
        column,
        confidence: confidenceOf(group, nearest, size, limit),
      }
    }),
  )
}

/** Full for a character of the usual size whose gaps, bridged or left, are far from the limit between the two. */
function confidenceOf(group: PieceGroup, nearest: number, size: number, limit: number): number {
  const ratio = longerSide(group) / Math.max(1, size)
  const usual = Math.exp(-Math.max(0, Math.abs(Math.log(ratio)) - 0.3))
  const apart = limit === 0 ? (nearest > 0 ? 0.8 : 0.4) : Math.min(1, Math.max(0.2, nearest / (2 * limit)))
  const whole = group.bridged <= 0 ? 1 : Math.max(0.3, 1 - group.bridged / Math.max(1, size))
  return Math.round(100 * usual * apart * whole) / 100
}
