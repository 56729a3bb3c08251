import type { GraphBuilder } from '../../graph/graphBuilder'
import type { Pair, WindowAttributes } from '../../graph/op'
import type { Value } from '../../graph/value'
import { inputOf, type GradientRules } from '../gradientRule'
import { placeTaps, tapOf } from './placement'

/**
 * For each tap of the window, whether its entry is the first to equal the maximum. Only one may be: on the empty paper
 * around a character all entries of a window are equal, and counting each would multiply the gradient of a bias.
 */
function firstMaxima(
  b: GraphBuilder,
  x: Value,
  maxima: Value,
  { kernel, stride }: WindowAttributes,
): (place: Pair) => Value {
  const size: Pair = [maxima.shape[2] ?? 0, maxima.shape[3] ?? 0]
  const found = new Map<string, Value>()
  let free: Value | null = null
  for (let row = 0; row < kernel[0]; row++) {
    for (let column = 0; column < kernel[1]; column++) {
      const isLast = row === kernel[0] - 1 && column === kernel[1] - 1
      // Where none before it is the maximum, the last one is: it need not be compared.
      const equal = free && isLast ? free : b.equal(tapOf(b, x, [row, column], stride, size), maxima)
      found.set(`${row},${column}`, free ? b.and(equal, free) : equal)
      const other = b.not(equal)
      free = free ? b.and(free, other) : other
    }
  }
  return ([row, column]) => {
    const mask = found.get(`${row},${column}`)
    if (!mask) throw new Error(`no tap ${row},${column}`)
    return mask
  }
}

/**
 * [batch, channels / block, height, width, block] of values in blocks; others as they are. Taps of the former are copied
 * a block at a time, and not number by number: several times faster.
 */
function spreadBlocks(b: GraphBuilder, x: Value, block: number): Value {
  const [batch = 0, channels = 0, ...plane] = x.shape
  return block === 0 ? x : b.reshape(x, [batch, channels / block, ...plane, block])
}

export const poolingRules: GradientRules<'MaxPool' | 'AveragePool'> = {
  MaxPool: (b, upstream, node) => {
    const { kernel, stride, block } = node.attributes
    const x = spreadBlocks(b, inputOf(node, 0), block)
    const gradient = spreadBlocks(b, upstream, block)
    const isFirst = firstMaxima(b, x, spreadBlocks(b, node, block), node.attributes)
    const tap = (place: Pair): Value => b.mul(gradient, b.toFloat(isFirst(place)))
    return [b.reshape(placeTaps(b, tap, kernel, stride, x.shape), inputOf(node, 0).shape)]
  },
  AveragePool: (b, upstream, node) => {
    const { kernel, stride } = node.attributes
    const share = b.mul(upstream, b.scalar(1 / (kernel[0] * kernel[1])))
    return [placeTaps(b, () => share, kernel, stride, inputOf(node, 0).shape)]
  },
}
