import type { GraphBuilder } from '../../graph/graphBuilder'
import type { Pair, WindowAttributes } from '../../graph/op'
import type { Value } from '../../graph/value'
import { inputOf, type GradientRules } from '../gradientRule'
import { placeTaps, tapOf } from './placement'

/** [batch, channels / block, height, width, block] of values in blocks; others as they are. */
function spreadBlocks(b: GraphBuilder, x: Value, block: number): Value {
  const [batch = 0, channels = 0, ...plane] = x.shape
  return block === 0 ? x : b.reshape(x, [batch, channels / block, ...plane, block])
}

/**
 * Entries that share a window's maximum share its gradient. They must not get the whole of it each: on the empty paper around
 * a character all entries of a window are equal, and the gradient of a bias would be multiplied.
 */
export const poolingRules: GradientRules<'MaxPool' | 'AveragePool'> = {
  MaxPool: (b, upstream, node) => {
    const { kernel, stride, block } = node.attributes
    const tiles = block > 0 && kernel[0] === stride[0] && kernel[1] === stride[1]
    return [(tiles ? throughTiles : throughTaps)(b, upstream, node, inputOf(node, 0), node.attributes)]
  },
  AveragePool: (b, upstream, node) => {
    const { kernel, stride, block } = node.attributes
    const x = inputOf(node, 0)
    const share = spreadBlocks(b, b.mul(upstream, b.scalar(1 / (kernel[0] * kernel[1]))), block)
    return [
      b.reshape(
        placeTaps(b, () => share, kernel, stride, spreadBlocks(b, x, block).shape),
        x.shape,
      ),
    ]
  },
}

type MaximumGradient = (
  b: GraphBuilder,
  upstream: Value,
  maxima: Value,
  x: Value,
  attributes: WindowAttributes & { readonly block: number },
) => Value

/** Entry by entry of the window, whatever its steps. */
const throughTaps: MaximumGradient = (b, upstream, maxima, x, { kernel, stride, block }) => {
  // In blocks, taps are copied a block at a time, and not number by number: several times faster.
  const [all, largest] = [spreadBlocks(b, x, block), spreadBlocks(b, maxima, block)]
  const size: Pair = [largest.shape[2] ?? 0, largest.shape[3] ?? 0]
  const isLargest = (place: Pair): Value => b.toFloat(b.equal(tapOf(b, all, place, stride, size), largest))
  const count = Array.from({ length: kernel[0] * kernel[1] }, (_, i) =>
    isLargest([Math.floor(i / kernel[1]), i % kernel[1]]),
  ).reduce((sum, one) => b.add(sum, one))
  const share = b.div(spreadBlocks(b, upstream, block), count)
  return b.reshape(
    placeTaps(b, (place) => b.mul(share, isLargest(place)), kernel, stride, all.shape),
    x.shape,
  )
}

/**
 * The rows of a window become an axis of their own, along which the maxima and their gradients broadcast, and what belongs to
 * a window is repeated over its columns: nothing is cut up or joined, which the runtime does on one core, and whole rows are
 * worked on at once.
 */
const throughTiles: MaximumGradient = (b, upstream, maxima, x, { kernel, stride, block }) => {
  const [batch = 0, channels = 0, rows = 0, columns = 0] = maxima.shape
  const planes = (batch * channels) / block
  const [fullHeight = 0, fullWidth = 0] = x.shape.slice(2)
  const [height, width] = [rows * kernel[0], columns * kernel[1]]
  const reached =
    height === fullHeight && width === fullWidth
      ? x
      : b.slice(b.reshape(x, [planes, fullHeight, fullWidth, block]), {
          axes: [1, 2],
          starts: [0, 0],
          ends: [height, width],
          steps: [1, 1],
        })
  const entries = b.reshape(reached, [planes * rows, kernel[0], width * block])
  const perRow = (value: Value): Value =>
    b.reshape(b.repeatColumns(value, kernel[1]), [planes * rows, 1, width * block])
  const isLargest = b.step(b.sub(entries, perRow(maxima)), 1)
  const share = b.averagePool(
    b.reshape(isLargest, [batch, channels, height, width]),
    { kernel, stride },
    block,
  )
  const each = b.div(upstream, b.mul(share, b.scalar(kernel[0] * kernel[1])))
  const gradient = b.reshape(b.mul(isLargest, perRow(each)), [planes, height, width, block])
  const beyond = [0, fullHeight - height, fullWidth - width, 0]
  return b.reshape(b.pad(gradient, [0, 0, 0, 0], beyond), x.shape)
}
