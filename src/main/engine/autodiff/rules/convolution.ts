import type { GraphBuilder } from '../../graph/graphBuilder'
import type { ConvAttributes } from '../../graph/op'
import type { NodeOf, Value } from '../../graph/value'
import { inputOf, type GradientRules } from '../gradientRule'
import { placeAlongAxis } from './placement'
import { weightGradient } from './weightGradient'

export const convolutionRules: GradientRules<'Conv'> = {
  Conv: (b, upstream, node) => {
    const { block, ...attributes } = node.attributes
    const [x, weight] = [inputOf(node, 0), inputOf(node, 1)]
    const bias = node.inputs.length > 2 ? [biasGradient(b, upstream, node)] : []
    if (block === 0) return [...gradients(b, upstream, x, weight, attributes), ...bias]
    // The changes of order cancel wherever the other side is in blocks, too.
    const [ofX, ofWeight] = gradients(
      b,
      b.fromBlocks(upstream),
      b.fromBlocks(x),
      b.unblockWeights(weight),
      attributes,
    )
    return [b.toBlocks(ofX), b.blockWeights(ofWeight), ...bias]
  },
}

function gradients(
  b: GraphBuilder,
  upstream: Value,
  x: Value,
  weight: Value,
  attributes: ConvAttributes,
): [Value, Value] {
  return [
    inputGradient(b, upstream, x, weight, attributes),
    weightGradient(b, upstream, x, weight, attributes),
  ]
}

function biasGradient(b: GraphBuilder, upstream: Value, { attributes: { block } }: NodeOf<'Conv'>): Value {
  if (block === 0) return b.reduceSum(upstream, [0, 2, 3])
  const [batch = 0, out = 0, rows = 0, columns = 0] = upstream.shape
  const blocks = b.reshape(upstream, [batch, out / block, rows * columns, block])
  return b.reshape(b.reduceSum(blocks, [0, 2]), [out])
}

/**
 * A convolution of the gradient, its entries set `stride` apart, with the kernel turned round (Dumoulin & Visin 2016,
 * section 4). Measured 1.1 to 1.7 times faster than ConvTranspose on the CPU provider.
 */
function inputGradient(
  b: GraphBuilder,
  upstream: Value,
  x: Value,
  weight: Value,
  { kernel, stride, padding, groups }: ConvAttributes,
): Value {
  const [, channels = 0, height = 0, width = 0] = x.shape
  const [out = 0, inPerGroup = 0] = weight.shape
  const [top, left] = padding
  const before = [kernel[0] - 1 - top, kernel[1] - 1 - left] as const
  const sizes = [height, width] as const
  // How far the convolution reaches from the first entry on: zeros beyond that are cut off, others may stay.
  const reach = (i: 0 | 1): number => sizes[i] - 1 + kernel[i] - before[i]
  const space = (gradient: Value, axis: 2 | 3, i: 0 | 1): Value => {
    const length = Math.min((gradient.shape[axis] ?? 0) * stride[i], reach(i))
    return stride[i] === 1 ? gradient : placeAlongAxis(b, gradient, axis, 0, stride[i], length)
  }
  // The columns first: they are copied number by number, and there are fewer of them yet.
  const spaced = space(space(upstream, 3, 1), 2, 0)
  const grouped = b.reshape(weight, [groups, out / groups, inPerGroup, ...kernel])
  const swapped = b.reshape(b.transpose(grouped, [0, 2, 1, 3, 4]), [channels, out / groups, ...kernel])
  const after = (i: 0 | 1): number => reach(i) - (spaced.shape[2 + i] ?? 0)
  return b.conv(spaced, b.flip(swapped, [2, 3]), null, {
    kernel,
    stride: [1, 1],
    padding: [...before, after(0), after(1)],
    groups,
  })
}
