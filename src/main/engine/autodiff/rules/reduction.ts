import type { GraphBuilder } from '../../graph/graphBuilder'
import type { Value } from '../../graph/value'
import { inputOf, type GradientRules } from '../gradientRule'

/** Gives a reduced tensor its axes back, each of length 1, so that it broadcasts against what was reduced. */
function withAxes(b: GraphBuilder, reduced: Value, x: Value, axes: readonly number[]): Value {
  return b.reshape(
    reduced,
    x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
  )
}

export const reductionRules: GradientRules<'ReduceSum' | 'ReduceMean' | 'ReduceMax'> = {
  ReduceSum: (b, upstream, node) => {
    const x = inputOf(node, 0)
    return [b.expand(withAxes(b, upstream, x, node.attributes.axes), x.shape)]
  },
  ReduceMean: (b, upstream, node) => {
    const x = inputOf(node, 0)
    const { axes } = node.attributes
    const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1)
    return [b.expand(withAxes(b, b.mul(upstream, b.scalar(1 / count)), x, axes), x.shape)]
  },
  /** Values that share the maximum share its gradient. */
  ReduceMax: (b, upstream, node) => {
    const x = inputOf(node, 0)
    const { axes } = node.attributes
    const largest = b.toFloat(b.equal(x, withAxes(b, node, x, axes)))
    const share = b.div(withAxes(b, upstream, x, axes), b.reduceSum(largest, axes, true))
    return [b.mul(largest, share)]
  },
}
