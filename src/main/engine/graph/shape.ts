import { assert } from '../../../shared/assert'

/** Lengths of a tensor's axes, outermost first. */
export type Shape = readonly number[]

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** A list of lengths, axes or places as it stands in error messages. */
export function describeShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis])
}

/** The shape that two shapes broadcast to by NumPy's rules; throws where they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    assert(
      left === right || left === 1 || right === 1,
      () => `shapes ${describeShape(a)} and ${describeShape(b)} do not broadcast`,
    )
    return left === 1 ? right : left
  })
}

/** The axes, numbered in `to`, along which a tensor of shape `from` was repeated to become `to`. */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const missing = to.length - from.length
  return to.flatMap((length, axis) =>
    axis < missing || (from[axis - missing] === 1 && length !== 1) ? [axis] : [],
  )
}

/** Output length of a sliding window along one axis. */
export function windowCount(length: number, kernel: number, stride: number, padding: number): number {
  return Math.floor((length + padding - kernel) / stride) + 1
}
