import type { Ink } from './ink'

/** The smallest upright rectangle around all points; width and height are 0 for a dot. */
export interface InkBounds {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Bounds of the pen's path, in the ink's own unit; null for ink without a point. */
export function inkBounds(ink: Ink): InkBounds | null {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const stroke of ink) {
    for (const [x, y] of stroke) {
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
    }
  }
  return left > right ? null : { left, top, width: right - left, height: bottom - top }
}
