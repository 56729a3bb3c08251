import { findComponents } from './components'
import { distanceToMask } from './distanceTransform'
import type { Plane } from './resample'

/** The ink of a picture: which pixels, and what they measure. Lengths are in pixels of the picture. */
export interface FoundInk {
  /** 1 where there is ink, specks left out. */
  readonly mask: Uint8Array
  readonly left: number
  readonly top: number
  /** Extent of the mask. */
  readonly width: number
  readonly height: number
  /** Mean width of its strokes: twice the area by the length of the edge. */
  readonly strokeWidth: number
}

/** A pixel with at least this share of full ink is ink. */
export const inkAt = 0.5
/** Components smaller than this share of the largest are specks: dust, grain, JPEG ringing. */
const speckShare = 0.02

/** Finds the ink of a flattened picture; null where there is none. */
export function findInk(picture: Plane): FoundInk | null {
  const { width, height } = picture
  const inked = Uint8Array.from(picture.values, (value) => (value < inkAt ? 0 : 1))
  const { owner, list } = findComponents(inked, width, height)
  const largest = list.reduce((most, { area }) => Math.max(most, area), 0)
  if (largest === 0) return null
  const least = Math.max(speckShare * largest, largest > 12 ? 2 : 1)
  const mask = new Uint8Array(width * height)
  let [left, top, right, bottom] = [width, height, -1, -1]
  let area = 0
  let edge = 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const own = owner[at] ?? 0
      if (own === 0 || (list[own - 1]?.area ?? 0) < least) continue
      mask[at] = 1
      area++
      edge += openSides(inked, x, y, width, height)
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  // Pixel sides overrate the edge of slanted strokes, by 4 / pi on the average of all directions.
  const strokeWidth = (2 * area) / (edge * (Math.PI / 4))
  return { mask, left, top, width: right - left + 1, height: bottom - top + 1, strokeWidth }
}

/** The picture without what lies farther than `reach` pixels from the mask. */
export function keepNear(picture: Plane, mask: Uint8Array, reach: number): Plane {
  const distance = distanceToMask(mask, picture.width, picture.height)
  return { ...picture, values: picture.values.map((value, at) => ((distance[at] ?? 0) <= reach ? value : 0)) }
}

/** The picture with every stroke wider by `radius` pixels on either side, its new edge soft. */
export function thicken(picture: Plane, mask: Uint8Array, radius: number): Plane {
  const distance = distanceToMask(mask, picture.width, picture.height)
  const values = picture.values.map((value, at) =>
    Math.max(value, Math.min(1, Math.max(0, radius + 0.5 - (distance[at] ?? 0)))),
  )
  return { ...picture, values }
}

function openSides(mask: Uint8Array, x: number, y: number, width: number, height: number): number {
  const at = y * width + x
  let open = 0
  if (x === 0 || mask[at - 1] === 0) open++
  if (x === width - 1 || mask[at + 1] === 0) open++
  if (y === 0 || mask[at - width] === 0) open++
  if (y === height - 1 || mask[at + width] === 0) open++
  return open
}
