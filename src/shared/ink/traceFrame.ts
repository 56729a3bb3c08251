import type { Ink } from './ink'

/** Where writing lies, and how large it is. */
export interface TraceFrame {
  /** Mean height of the line, y downwards. */
  readonly middle: number
  /** Twice the standard deviation of the line's height: about the height of small letters, whatever reaches beyond them. */
  readonly size: number
}

/** Measured along the line, so that neither the tablet's rate nor the pen's speed matters. Null for ink without a point. */
export function traceFrame(ink: Ink): TraceFrame | null {
  let [weight, first, second] = [0, 0, 0]
  const add = (y: number, length: number): void => {
    weight += length
    first += length * y
    second += length * y * y
  }
  for (const stroke of ink) {
    stroke.forEach(([x, y], at) => {
      const [fromX, fromY] = stroke[at - 1] ?? [x, y]
      // A point by itself, a dot, has no length and still a place.
      add((y + fromY) / 2, Math.hypot(x - fromX, y - fromY) + 1e-6)
    })
  }
  if (weight === 0) return null
  const middle = first / weight
  const size = 2 * Math.sqrt(Math.max(0, second / weight - middle * middle))
  return { middle, size: size > 1e-3 ? size : 1 }
}
