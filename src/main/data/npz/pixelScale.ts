import { numberReader, type NpyArray } from './npyArray'

/** How the values of an array become 0..255. */
export interface PixelScale {
  readonly scale: (value: number) => number
  /** Whether whole values stay what they are. */
  readonly asIs: boolean
}

/**
 * Told by the range of all values: 0..1 and -1..1 are stretched by what they are, 0..255 stays, any other range is stretched
 * from end to end.
 *
 * @returns the place of a value that is no finite number, where there is one
 */
export function pixelScale(array: NpyArray): PixelScale | number {
  const range = array.header.type === 'u1' ? rangeOfBytes(array.body) : rangeOf(array)
  if (typeof range === 'number') return range
  const { least, most } = range
  const asIs = least >= 0 && most > 1 && most <= 255
  if (asIs) return { scale: Math.round, asIs }
  if (least >= 0 && most <= 1) return { scale: (value) => Math.round(255 * value), asIs }
  if (least >= -1 && most <= 1) return { scale: (value) => Math.round(127.5 * (value + 1)), asIs }
  return { scale: (value) => Math.round((255 * (value - least)) / (most - least)), asIs }
}

interface Range {
  readonly least: number
  readonly most: number
}

function rangeOfBytes(bytes: Uint8Array): Range {
  let most = 0
  for (const value of bytes) if (value > most) most = value
  return { least: 0, most }
}

function rangeOf(array: NpyArray): Range | number {
  const number = numberReader(array)
  const total = array.header.shape.reduce((product, side) => product * side, 1)
  let least = Infinity
  let most = -Infinity
  for (let at = 0; at < total; at++) {
    const value = number(at)
    if (!Number.isFinite(value)) return at
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}
