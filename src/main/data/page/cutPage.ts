import { findComponents, type Component } from '../../../shared/image/components'
import type { Raster } from '../../../shared/image/raster'
import { turnAround } from './homography'
import { besideLimit, joinPieces, usualSize, type PageRows } from './joinPieces'
import type { InkMask } from './markInk'
import { findPageInk } from './pageInk'
import { heightOf, longerSide, widthOf, type PieceGroup } from './pieceGroup'
import { withoutRuledLines } from './ruledLines'
import { skewOf } from './skew'
import { splitTouching } from './splitTouching'
import { warpPicture } from './warpPicture'

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

/** Usual characters that a piece may be long: words hang together, but not over half a page. */
const most = 6

/**
 * Turns a page until its lines are level, and finds its characters.
 *
 * @param page dark on light, as bright as it is in the picture
 */
export function cutPage(page: Raster): CutPage {
  const askew = findPageInk(page)
  const rowHeight = usualSize(piecesOf(askew, page))
  const degrees = skewOf(askew.mask, page.width, page.height, rowHeight)
  const straight = degrees === 0 ? page : turn(page, -degrees)
  const ink = degrees === 0 ? askew : findPageInk(straight)
  const { width, height } = straight
  const unruled = { ...ink, mask: withoutRuledLines(ink.mask, width, height, rowHeight) }
  const found = joinPieces(piecesOf(unruled, straight))
  const rows = found.rows.map((row) =>
    row.flatMap((group) => splitTouching(group, found.size, unruled, straight)),
  )
  return { page: straight, turned: -degrees, characters: inOrder({ ...found, rows }) }
}

function turn(page: Raster, degrees: number): Raster {
  const angle = Math.abs((degrees * Math.PI) / 180)
  const width = Math.ceil(page.width * Math.cos(angle) + page.height * Math.sin(angle))
  const height = Math.ceil(page.height * Math.cos(angle) + page.width * Math.sin(angle))
  const toSource = turnAround(
    -degrees,
    { x: width / 2, y: height / 2 },
    { x: page.width / 2, y: page.height / 2 },
  )
  return warpPicture(page, toSource, width, height)
}

/** The pieces of ink that can be parts of characters: no specks, no edges of the paper or of what it lies on. */
function piecesOf({ mask, strokeWidth }: InkMask, { width, height }: Raster): Component[] {
  const { list } = findComponents(mask, width, height)
  const least = { area: Math.max(4, 0.4 * strokeWidth ** 2), side: Math.max(2, 0.7 * strokeWidth) }
  const solid = list.filter((piece) => piece.area >= least.area && longerSide(piece) >= least.side)
  const size = usualSize(solid.filter((piece) => longerSide(piece) <= 0.4 * Math.max(width, height)))
  if (size === 0) return solid
  return solid.filter((piece) => longerSide(piece) <= most * size && !isFrame(piece, width, height, size))
}

function isFrame(piece: Component, width: number, height: number, size: number): boolean {
  const { left, top, right, bottom } = piece
  const onEdge = left <= 1 || top <= 1 || right >= width - 1 || bottom >= height - 1
  return onEdge && (longerSide(piece) > 2.5 * size || Math.min(widthOf(piece), heightOf(piece)) < 0.2 * size)
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
