import type { NpyHeader } from './npyHeader'

/** Where in an array the pixels of its pictures are. */
export interface PictureLayout {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** The place in memory of one value. */
  readonly place: (index: number, y: number, x: number, channel: number) => number
}

const largestSide = 4096

/** @returns what is wrong, in words, where an array of this shape is none of pictures */
export function pictureLayout({ kind, shape, fortranOrder }: NpyHeader): PictureLayout | string {
  const [count = 0, ...sides] = shape
  const strides = stridesOf(shape, fortranOrder)
  const axes = kind === 'number' ? findAxes(sides, strides.slice(1)) : null
  if (axes === null) return `an array of the shape (${shape.join(', ')}) holds no pictures`
  const { y, x, channel } = axes
  if (y.side < 1 || x.side < 1 || y.side > largestSide || x.side > largestSide) {
    return `pictures of ${x.side} x ${y.side} pixels are not read`
  }
  const [ofIndex = 0] = strides
  return {
    ...{ count, height: y.side, width: x.side, channels: channel?.side === 3 ? 3 : 1 },
    place: (index, row, column, colour) =>
      index * ofIndex + row * y.stride + column * x.stride + colour * (channel?.stride ?? 0),
  }
}

interface Axis {
  readonly side: number
  /** How far apart neighbours along it are. */
  readonly stride: number
}

function findAxes(
  sides: readonly number[],
  strides: readonly number[],
): { y: Axis; x: Axis; channel: Axis | null } | null {
  const axes = sides.map((side, at): Axis => ({ side, stride: strides[at] ?? 0 }))
  const [first, second, third] = axes
  const isChannels = ({ side }: Axis): boolean => side === 1 || side === 3
  if (first && second === undefined) {
    const side = Math.round(Math.sqrt(first.side))
    if (side * side !== first.side) return null
    return { y: { side, stride: side * first.stride }, x: { side, stride: first.stride }, channel: null }
  }
  if (!first || !second || axes.length > 3) return null
  if (!third) return { y: first, x: second, channel: null }
  if (isChannels(third)) return { y: first, x: second, channel: third }
  return isChannels(first) ? { y: second, x: third, channel: first } : null
}

function stridesOf(shape: readonly number[], fortranOrder: boolean): number[] {
  const strides = new Array<number>(shape.length).fill(1)
  if (fortranOrder) {
    for (let at = 1; at < shape.length; at++) strides[at] = (strides[at - 1] ?? 1) * (shape[at - 1] ?? 1)
  } else {
    for (let at = shape.length - 2; at >= 0; at--) strides[at] = (strides[at + 1] ?? 1) * (shape[at + 1] ?? 1)
  }
  return strides
}
