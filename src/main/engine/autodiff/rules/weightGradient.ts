import type { GraphBuilder } from '../../graph/graphBuilder'
import type { ConvAttributes, Pair } from '../../graph/op'
import type { Value } from '../../graph/value'
import { tapOf } from './placement'

/** Below so many channels, a convolution in blocks has too few rows to share out among the cores. */
const fewestForBlocks = 8

/** The gradient of a convolution's weights, in the form that was measured to be the fastest for it. */
export function weightGradient(
  b: GraphBuilder,
  upstream: Value,
  x: Value,
  weight: Value,
  attributes: ConvAttributes,
): Value {
  const { kernel, stride, groups } = attributes
  const [batch = 0, channels = 0] = x.shape
  const stepped = stride[0] > 1 || stride[1] > 1
  const asWide = { ...attributes, kernel: [upstream.shape[2] ?? 0, upstream.shape[3] ?? 0] } as const
  if (
    !stepped &&
    kernel[0] * kernel[1] > 1 &&
    channels >= fewestForBlocks &&
    b.convolvesInBlocks(batch, upstream.shape[1] ?? 0, asWide)
  ) {
    return byConvolution(b, x, upstream, asWide)
  }
  const views = stepped || isNarrow(channels, weight.shape[0] ?? 0, kernel) ? steppedViews : flatViews
  const [out = 0, inPerGroup = 0] = weight.shape
  const sum = inPerGroup === 1 && out === groups ? byElements : byProduct
  return sum(b, views(b, x, upstream, attributes), weight, groups)
}

/**
 * The convolution of the input with the gradient as its kernel, where batch and channels change places. In blocks of
 * channels it takes no copies of the input, and two thirds of the time of the product below. The columns are padded
 * beforehand: the kernels are slow at a border, and this output is all border.
 */
function byConvolution(b: GraphBuilder, x: Value, upstream: Value, attributes: ConvAttributes): Value {
  const [top, left, bottom, right] = attributes.padding
  const swap = (value: Value): Value => b.transpose(value, [1, 0, 2, 3])
  const padded = b.fromBlocks(b.padColumnsInBlocks(b.toBlocks(swap(x)), left, right))
  return swap(b.conv(padded, swap(upstream), null, { ...attributes, padding: [top, 0, bottom, 0] }))
}

/** Views of the input and of the gradient, [batch, channels, places] each: every pair of them belongs to one tap. */
interface Views {
  readonly input: readonly Value[]
  readonly gradient: readonly Value[]
}

/**
 * The products of all views of the input with all of the gradient as one batched matrix product, summed over the batch.
 * Measured 2 to 3 times faster on the CPU provider than a plain convolution with swapped axes. The input comes first: it has
 * more rows, and the runtime copies the second factor to turn it.
 */
function byProduct(b: GraphBuilder, { input, gradient }: Views, weight: Value, groups: number): Value {
  const [out = 0, inPerGroup = 0] = weight.shape
  const stack = (views: readonly Value[], channels: number): Value =>
    b.concat(
      views.map((view) => b.reshape(view, [view.shape[0] ?? 0, groups, channels, view.shape[2] ?? 0])),
      2,
    )
  const products = b.matMul(stack(input, inPerGroup), stack(gradient, out / groups), { transposeB: true })
  const summed = b.reshape(b.reduceSum(products, [0]), [
    groups,
    input.length,
    inPerGroup,
    gradient.length,
    out / groups,
  ])
  return b.reshape(b.transpose(summed, [0, 4, 2, 3, 1]), weight.shape)
}

/**
 * For a depthwise convolution, of which each channel would be a product of its own, too small to be worth one: 2 to 3 times
 * faster than that.
 */
function byElements(b: GraphBuilder, { input, gradient }: Views, weight: Value): Value {
  const sums = gradient.flatMap((ofOutput) =>
    input.map((ofInput) => b.reduceSum(b.mul(ofInput, ofOutput), [0, 2])),
  )
  return b.reshape(
    b.concat(
      sums.map((sum) => b.reshape(sum, [...sum.shape, 1])),
      1,
    ),
    weight.shape,
  )
}

/** Whether shifting the input alone, by all taps, copies no more than shifting both it and the gradient does. */
function isNarrow(channels: number, out: number, [rows, columns]: Pair): boolean {
  return channels * rows * columns <= channels * columns + out * rows
}

type MakeViews = (b: GraphBuilder, x: Value, upstream: Value, attributes: ConvAttributes) => Views

/** For each tap of the kernel the window of the input that it saw. A 1x1 convolution has one, which costs no copy. */
const steppedViews: MakeViews = (b, x, upstream, { kernel, stride, padding }) => {
  const [batch = 0, out = 0, rows = 0, columns = 0] = upstream.shape
  const [top, left, bottom, right] = padding
  const padded = b.pad(x, [0, 0, top, left], [0, 0, bottom, right])
  const taps = Array.from({ length: kernel[0] * kernel[1] }, (_, i): Pair => [
    Math.floor(i / kernel[1]),
    i % kernel[1],
  ])
  return {
    input: taps.map((tap) =>
      b.reshape(tapOf(b, padded, tap, stride, [rows, columns]), [batch, x.shape[1] ?? 0, rows * columns]),
    ),
    gradient: [b.reshape(upstream, [batch, out, rows * columns])],
  }
}

/**
 * Without steps, a shifted view of rows laid end to end is one run of them, which is copied far faster than a window of
 * each row. Rows share the zeros between them, and the gradient has zeros where a run of the input passes from one row to
 * the next. The columns of the kernel shift the input, and its rows the gradient: 3 + 3 copies do for 3x3 taps, where
 * shifting the input alone takes 9.
 */
const flatViews: MakeViews = (b, x, upstream, { kernel, padding }) => {
  const [top, left, bottom, right] = padding
  const [batch = 0, , height = 0, width = 0] = x.shape
  const [kernelRows, kernelColumns] = kernel
  const gap = Math.max(left, right)
  const rowLength = width + gap
  const length = height * rowLength
  const runs = (padded: Value, starts: readonly number[]): Value[] => {
    const flat = b.reshape(padded, [batch, padded.shape[1] ?? 0, (padded.shape[2] ?? 0) * rowLength])
    return starts.map((start) =>
      b.slice(flat, { axes: [2], starts: [start], ends: [start + length], steps: [1] }),
    )
  }
  // The last column's run ends within one more row.
  const paddedInput = b.pad(x, [0, 0, 0, left], [0, 0, 1, gap - left])
  const afterColumns = rowLength - (upstream.shape[3] ?? 0)
  const paddedGradient = b.pad(
    upstream,
    [0, 0, kernelRows - 1 - top, 0],
    [0, 0, kernelRows - 1 - bottom, afterColumns],
  )
  return {
    input: runs(
      paddedInput,
      Array.from({ length: kernelColumns }, (_, column) => column),
    ),
    gradient: runs(
      paddedGradient,
      Array.from({ length: kernelRows }, (_, row) => (kernelRows - 1 - row) * rowLength),
    ),
  }
}
