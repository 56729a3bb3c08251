import type { GraphBuilder } from '../../graph/graphBuilder'
import type { Pair } from '../../graph/op'
import type { NodeOf, Value } from '../../graph/value'
import { inputOf, type GradientRules } from '../gradientRule'
import { placeTaps, tapOf } from './placement'

const outputSize = (node: Value): Pair => [node.shape[2] ?? 0, node.shape[3] ?? 0]

/**
 * For each tap of the window, whether its entry is the first to equal the maximum. Only one may be: on the empty paper
 * around a character all entries of a window are equal, and counting each would multiply the gradient of a bias.
 */
function firstMaxima(b: GraphBuilder, node: NodeOf<'MaxPool'>): (place: Pair) => Value {
  const { kernel, stride } = node.attributes
  const x = inputOf(node, 0)
  const found = new Map<string, Value>()
  let free: Value | null = null
  for (let row = 0; row < kernel[0]; row++) {
    for (let column = 0; column < kernel[1]; column++) {
      const equal = b.equal(tapOf(b, x, [row, column], stride, outputSize(node)), node)
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

export const poolingRules: GradientRules<'MaxPool' | 'AveragePool'> = {
  MaxPool: (b, upstream, node) => {
    const { kernel, stride } = node.attributes
    const isFirst = firstMaxima(b, node)
    const tap = (place: Pair): Value => b.mul(upstream, b.toFloat(isFirst(place)))
    return [placeTaps(b, tap, kernel, stride, inputOf(node, 0).shape)]
  },
  AveragePool: (b, upstream, node) => {
    const { kernel, stride } = node.attributes
    const share = b.mul(upstream, b.scalar(1 / (kernel[0] * kernel[1])))
    return [placeTaps(b, () => share, kernel, stride, inputOf(node, 0).shape)]
  },
}
