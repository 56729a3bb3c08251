import { findComponents, type Component, type Components } from '../../../shared/image/components'
import type { Raster } from '../../../shared/image/raster'
import { turnAround } from './homography'
import { joinPieces, usualSize, type PageRows } from './joinPieces'
import type { InkMask } from './markInk'
import { findPageInk, type PageInk } from './pageInk'
import { heightOf, longerSide, widthOf } from './pieceGroup'
import { withoutGuideLines, withoutRuledLines } from './ruledLines'
import { skewOf } from './skew'
import { warpPicture } from './warpPicture'

/** A page with its lines level, and the ink that was found on it. */
export interface StraightPage {
  readonly page: Raster
  /** By how many degrees it was turned clockwise around its middle. */
  readonly turned: number
  /** Without the lines of ruled paper. */
  readonly ink: PageInk
  /** Of the ink. */
  readonly components: Components
  /** Those of the components that can be parts of characters. */
  readonly pieces: readonly Component[]
  /** Characters, joined from the pieces. */
  readonly found: PageRows
}

/** Usual characters that a piece may be long: words hang together, but not over half a page. */
const most = 6

/**
 * Turns a page until its lines are level, and finds the rows of characters on it.
 *
 * @param page dark on light, as bright as it is in the picture
 * @param layout what holds one line is neither turned, as a few characters do not tell their skew, nor parted into rows
 */
export function findPageRows(page: Raster, layout: 'page' | 'line'): StraightPage {
  return layout === 'line' ? findOneRow(page) : findRowsOf(page)
}

function findOneRow(page: Raster): StraightPage {
  const found = findPageInk(page)
  const ink = { ...found, mask: withoutGuideLines(found.mask, page.width, page.height) }
  const components = componentsOf(ink, page)
  const pieces = components.list.filter((piece) => isSolid(piece, ink) && !isGuide(piece, page))
  const joined = joinPieces(pieces)
  const rows = joined.rows.length > 0 ? [joined.rows.flat()] : []
  return { page, turned: 0, ink, components, pieces, found: { ...joined, rows } }
}

/** What is left of a line at the edge. */
function isGuide(piece: Component, { height }: Raster): boolean {
  const onEdge = piece.top <= 2 || piece.bottom >= height - 2
  return onEdge && heightOf(piece) < 0.15 * height && widthOf(piece) > 2 * heightOf(piece)
}

function findRowsOf(page: Raster): StraightPage {
  const askew = findPageInk(page)
  const rowHeight = usualSize(piecesOf(askew, componentsOf(askew, page), page))
  const degrees = skewOf(askew.mask, page.width, page.height, rowHeight)
  const straight = degrees === 0 ? page : turn(page, -degrees)
  const ink = degrees === 0 ? askew : findPageInk(straight)
  const { width, height } = straight
  const unruled = { ...ink, mask: withoutRuledLines(ink.mask, width, height, rowHeight) }
  const components = componentsOf(unruled, straight)
  const pieces = piecesOf(unruled, components, straight)
  return { page: straight, turned: -degrees, ink: unruled, components, pieces, found: joinPieces(pieces) }
}

function componentsOf({ mask }: InkMask, { width, height }: Raster): Components {
  return findComponents(mask, width, height)
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
function piecesOf(ink: InkMask, { list }: Components, { width, height }: Raster): Component[] {
  const solid = list.filter((piece) => isSolid(piece, ink))
  const size = usualSize(solid.filter((piece) => longerSide(piece) <= 0.4 * Math.max(width, height)))
  if (size === 0) return solid
  return solid.filter((piece) => longerSide(piece) <= most * size && !isFrame(piece, width, height, size))
}

/** No speck. */
function isSolid(piece: Component, { strokeWidth }: InkMask): boolean {
  return (
    piece.area >= Math.max(4, 0.4 * strokeWidth ** 2) && longerSide(piece) >= Math.max(2, 0.7 * strokeWidth)
  )
}

function isFrame(piece: Component, width: number, height: number, size: number): boolean {
  const { left, top, right, bottom } = piece
  const onEdge = left <= 1 || top <= 1 || right >= width - 1 || bottom >= height - 1
  return onEdge && (longerSide(piece) > 2.5 * size || Math.min(widthOf(piece), heightOf(piece)) < 0.2 * size)
}
