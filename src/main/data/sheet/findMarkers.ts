import { findComponents, type Component } from '../../../shared/image/components'
import type { Raster } from '../../../shared/image/raster'
import type { Place } from '../page/homography'
import { inkLevels } from '../page/inkLevels'
import { markInk } from '../page/markInk'
import { heightOf, longerSide, middleX, middleY, widthOf } from '../page/pieceGroup'
import { marker } from './sheetLayout'

/** Of a ring and the square in it: how their sides may be to each other, seen from any side. */
const innerShare = { least: 0.25, most: 0.6 } as const

/**
 * The middles of a sheet's four corner markers, clockwise from whichever is at the picture's top left; null where there are none.
 */
export function findMarkers(page: Raster): Place[] | null {
  // Wide enough to see past the markers' solid squares to the paper.
  const levels = inkLevels(page, Math.round(Math.min(page.width, page.height) / 10))
  const { list } = findComponents(markInk(levels).mask, page.width, page.height)
  const solid = list.filter((piece) => piece.area > 30 && isSquarish(piece))
  const found = solid.flatMap((ring) => {
    const inner = solid.find((piece) => piece !== ring && isInside(piece, ring))
    return inner ? [{ side: longerSide(ring), place: { x: middleX(inner), y: middleY(inner) } }] : []
  })
  // The code's own corners are built alike, and smaller.
  const largest = Math.max(...found.map(({ side }) => side))
  const places = found.filter(({ side }) => side > 0.6 * largest).map(({ place }) => place)
  if (places.length < 4) return null
  const extreme = (of: (place: Place) => number): Place =>
    places.reduce((best, place) => (of(place) < of(best) ? place : best))
  const corners = [
    extreme(({ x, y }) => x + y),
    extreme(({ x, y }) => y - x),
    extreme(({ x, y }) => -x - y),
    extreme(({ x, y }) => x - y),
  ]
  return new Set(corners).size === 4 ? corners : null
}

function isSquarish(piece: Component): boolean {
  const aspect = widthOf(piece) / heightOf(piece)
  return aspect > 0.5 && aspect < 2
}

function isInside(inner: Component, ring: Component): boolean {
  const share = longerSide(inner) / longerSide(ring)
  const apart = Math.hypot(middleX(inner) - middleX(ring), middleY(inner) - middleY(ring))
  const filled = inner.area / (widthOf(inner) * heightOf(inner))
  const expected = marker.inner / marker.outer
  const isCentral = apart < 0.12 * longerSide(ring)
  return share > innerShare.least && share < innerShare.most && isCentral && filled > expected
}
