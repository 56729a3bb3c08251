import type { Component } from '../../../../shared/image/components'
import type { InkBounds } from '../../../../shared/ink/bounds'
import type { StraightPage } from '../findPageRows'
import { heightOf, type PieceGroup } from '../pieceGroup'
import { findCutColumns } from './findCutColumns'
import type { PagePiece, PagePieces, PieceLine } from './pagePiece'
import { slantOf, upright } from './slant'

/**
 * Takes each line of a straightened page apart for the search of `engine/line`: pieces that hang together are cut wherever two
 * characters may touch. What is in no row (specks, frames) is left out.
 */
export function takePageApart({ ink, components, pieces: kept, found }: StraightPage): PagePieces {
  const { width } = ink.levels
  const isKept = new Set(kept)
  const pixels = pixelsOf(components.owner, components.list.length)
  const owner = new Int32Array(components.owner.length)
  let count = 0
  const lines = found.rows.map((row): PieceLine => {
    const own = components.list.flatMap((piece, at) =>
      isKept.has(piece) && isIn(piece, row) ? [pixels[at] ?? []] : [],
    )
    const slant = slantOf(own.flat().map((at) => placeOf(at, width)))
    const line = { slant, tall: tallOf(row), width, strokeWidth: ink.strokeWidth }
    const pieces = own.flatMap((piece) =>
      cut(piece, line).map((part, at): PagePiece => {
        count++
        for (const pixel of part) owner[pixel] = count
        return { id: count, isCut: at > 0, ...describe(part, width, slant) }
      }),
    )
    return { pieces: inOrder(pieces) }
  })
  return { levels: ink.levels, strokeWidth: ink.strokeWidth, owner, lines }
}

function pixelsOf(owner: Int32Array, count: number): number[][] {
  const pixels = Array.from({ length: count }, (): number[] => [])
  owner.forEach((own, at) => {
    if (own !== 0) pixels[own - 1]?.push(at)
  })
  return pixels
}

/** A piece is in the row one of whose characters it is a part of. */
function isIn(piece: Component, row: readonly PieceGroup[]): boolean {
  return row.some(
    ({ left, top, right, bottom }) =>
      piece.left >= left && piece.right <= right && piece.top >= top && piece.bottom <= bottom,
  )
}

function tallOf(row: readonly PieceGroup[]): number {
  const heights = row.map(heightOf).sort((a, b) => a - b)
  return heights[Math.min(heights.length - 1, Math.floor(0.8 * heights.length))] ?? 0
}

const placeOf = (at: number, width: number): { x: number; y: number } => ({
  x: at % width,
  y: Math.floor(at / width),
})

/** A piece lower than this share of a tall one is a dash or a dot, and is never cut. */
const flat = 0.4

interface LineShape {
  readonly slant: number
  readonly tall: number
  readonly width: number
  readonly strokeWidth: number
}

/** The parts of a piece between its cuts, from left to right. */
function cut(pixels: readonly number[], { slant, tall, width, strokeWidth }: LineShape): number[][] {
  const columns = pixels.map((at) => {
    const { x, y } = placeOf(at, width)
    return Math.round(upright(x, y, slant))
  })
  const first = columns.reduce((least, column) => Math.min(least, column), Infinity)
  const last = columns.reduce((most, column) => Math.max(most, column), -Infinity)
  const ink = Array.from({ length: last - first + 1 }, () => 0)
  for (const column of columns) ink[column - first] = (ink[column - first] ?? 0) + 1
  const rows = pixels.map((at) => placeOf(at, width).y)
  const high =
    rows.reduce((most, y) => Math.max(most, y), 0) - rows.reduce((least, y) => Math.min(least, y), Infinity)
  const cuts = high < flat * tall ? [] : findCutColumns(ink, tall, strokeWidth)
  const parts = Array.from({ length: cuts.length + 1 }, (): number[] => [])
  pixels.forEach((pixel, at) => {
    const column = (columns[at] ?? 0) - first
    const part = cuts.filter((edge) => edge <= column).length
    parts[part]?.push(pixel)
  })
  return parts.filter((part) => part.length > 0)
}

function describe(pixels: readonly number[], width: number, slant: number): Omit<PagePiece, 'id' | 'isCut'> {
  const places = pixels.map((at) => placeOf(at, width))
  const bounds = boundsOf(places)
  const lean = places.map(({ x, y }) => ({ x: upright(x, y, slant), y }))
  const middleOf = (row: number): number => {
    const inRow = places.filter(({ y }) => y === row)
    return inRow.reduce((sum, { x }) => sum + x, 0) / Math.max(1, inRow.length)
  }
  const bottom = bounds.top + bounds.height - 1
  return {
    bounds,
    uprightBounds: boundsOf(lean),
    area: pixels.length,
    across: [middleOf(bottom) - middleOf(bounds.top), bottom - bounds.top],
  }
}

function boundsOf(places: readonly { x: number; y: number }[]): InkBounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of places) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** By their middles, as if they stood upright: a bar that lies over its character stands with it. */
function inOrder(pieces: readonly PagePiece[]): PagePiece[] {
  const middle = ({ uprightBounds }: PagePiece): number => uprightBounds.left + uprightBounds.width / 2
  return [...pieces].sort((a, b) => middle(a) - middle(b))
}
