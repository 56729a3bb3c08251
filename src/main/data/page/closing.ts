import type { Raster } from '../../../shared/image/raster'

/**
 * Grey closing by a square (Serra 1982): what is dark and narrower than `side` in some direction is filled with the brightness
 * around it, and every edge of what is wider stays where it is. In time that does not depend on `side` (van Herk 1992, Gil &
 * Werman 1993).
 */
export function close({ width, height, pixels }: Raster, side: number): Raster {
  let values = pixels
  for (const pick of [Math.max, Math.min]) {
    values = slide(values, { lines: height, step: width, length: width, stride: 1 }, side, pick)
    values = slide(values, { lines: width, step: 1, length: height, stride: width }, side, pick)
  }
  return { width, height, pixels: values }
}

interface Lines {
  readonly lines: number
  /** From one line to the next, and from one value of a line to the next. */
  readonly step: number
  readonly stride: number
  readonly length: number
}

/** The largest or smallest value of the window around each, as far as the line goes. */
function slide(
  values: Uint8Array,
  { lines, step, stride, length }: Lines,
  side: number,
  pick: (first: number, second: number) => number,
): Uint8Array {
  const result = new Uint8Array(values.length)
  const half = side >> 1
  const window = 2 * half + 1
  // Beyond the ends stand values that are never picked.
  const neutral = pick === Math.max ? 0 : 255
  const padded = Math.ceil((length + 2 * half) / window) * window
  const forward = new Uint8Array(padded)
  const backward = new Uint8Array(padded)
  for (let line = 0; line < lines; line++) {
    const start = line * step
    const valueAt = (at: number): number => {
      const inside = at - half
      return inside < 0 || inside >= length ? neutral : (values[start + inside * stride] ?? 0)
    }
    for (let at = 0; at < padded; at++) {
      const value = valueAt(at)
      forward[at] = at % window === 0 ? value : pick(forward[at - 1] ?? 0, value)
    }
    for (let at = padded - 1; at >= 0; at--) {
      const value = valueAt(at)
      backward[at] = at % window === window - 1 ? value : pick(backward[at + 1] ?? 0, value)
    }
    for (let at = 0; at < length; at++) {
      result[start + at * stride] = pick(backward[at] ?? 0, forward[at + window - 1] ?? 0)
    }
  }
  return result
}
