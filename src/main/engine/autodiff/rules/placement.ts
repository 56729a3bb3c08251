import type { GraphBuilder } from '../../graph/graphBuilder'
import type { Pair } from '../../graph/op'
import type { Shape } from '../../graph/shape'
import type { Value } from '../../graph/value'

/** Puts x's entries along one axis at start, start + step, ... of a longer axis that is zero elsewhere. */
export function placeAlongAxis(
  b: GraphBuilder,
  x: Value,
  axis: number,
  start: number,
  step: number,
  length: number,
): Value {
  const count = x.shape[axis] ?? 0
  const spread = spreadAlongAxis(b, x, axis, step)
  const covered = step === 1 ? count : count * step
  const zeros = (value: number): number[] => spread.shape.map((_, i) => (i === axis ? value : 0))
  const excess = start + covered - length
  // The last entry's own zeros may reach beyond the axis: they are cut off, not padded.
  const kept =
    excess > 0 ? b.slice(spread, { axes: [axis], starts: [0], ends: [covered - excess], steps: [1] }) : spread
  return b.pad(kept, zeros(start), zeros(Math.max(0, -excess)))
}

/**
 * Follows each entry along an axis by step - 1 zeros: [.., n, ..] -> [.., n * step, ..]. Joining zeros is a copy; padding
 * an axis of one entry does the same many times slower.
 */
function spreadAlongAxis(b: GraphBuilder, x: Value, axis: number, step: number): Value {
  if (step === 1) return x
  const zeros = Array.from({ length: step - 1 }, () => b.expand(b.scalar(0), x.shape))
  return interleave(b, [x, ...zeros], axis)
}

/** The entries of x [batch, channels, height, width] that a window's tap sees, for every place of the window. */
export function tapOf(
  b: GraphBuilder,
  x: Value,
  [row, column]: Pair,
  stride: Pair,
  [rows, columns]: Pair,
): Value {
  return b.slice(x, {
    axes: [2, 3],
    starts: [row, column],
    ends: [row + (rows - 1) * stride[0] + 1, column + (columns - 1) * stride[1] + 1],
    steps: [stride[0], stride[1]],
  })
}

/**
 * The reverse of taking all taps of a window: sums taps [batch, channels, rows, columns] back into a tensor of `shape`.
 * Windows that neither overlap nor leave gaps are interleaved, which is a copy; others are placed and added.
 */
export function placeTaps(
  b: GraphBuilder,
  tap: (place: Pair) => Value,
  kernel: Pair,
  stride: Pair,
  shape: Shape,
): Value {
  const places = Array.from({ length: kernel[0] }, (_, row) =>
    Array.from({ length: kernel[1] }, (_, column): Pair => [row, column]),
  )
  if (kernel[0] === stride[0] && kernel[1] === stride[1]) {
    const rows = places.map((row) => interleave(b, row.map(tap), 3))
    return fit(b, interleave(b, rows, 2), shape)
  }
  const [height = 0, width = 0] = shape.slice(2)
  return places
    .flat()
    .map(([row, column]) => {
      const across = placeAlongAxis(b, tap([row, column]), 3, column, stride[1], width)
      return placeAlongAxis(b, across, 2, row, stride[0], height)
    })
    .reduce((sum, placed) => b.add(sum, placed))
}

/** n tensors of equal shape -> one whose axis holds the first entries of each, then the second ones, and so on. */
function interleave(b: GraphBuilder, values: readonly Value[], axis: number): Value {
  const [first] = values
  if (!first) throw new Error('nothing to interleave')
  const before = first.shape.slice(0, axis)
  const [count = 0, ...after] = first.shape.slice(axis)
  const split = values.map((value) => b.reshape(value, [...before, count, 1, ...after]))
  return b.reshape(b.concat(split, axis + 1), [...before, count * values.length, ...after])
}

/** Adds zeros at the bottom and right up to `shape`: the rows and columns that no window reached. */
function fit(b: GraphBuilder, x: Value, shape: Shape): Value {
  return b.pad(
    x,
    shape.map(() => 0),
    shape.map((length, axis) => length - (x.shape[axis] ?? 0)),
  )
}
