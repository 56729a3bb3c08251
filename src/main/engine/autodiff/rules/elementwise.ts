import { perChannel } from '../../graph/derivedOps'
import { inputOf, type GradientRules } from '../gradientRule'

type Elementwise =
  | 'Add'
  | 'Sub'
  | 'Mul'
  | 'Div'
  | 'Neg'
  | 'Relu'
  | 'Exp'
  | 'Log'
  | 'Sqrt'
  | 'Erf'
  | 'Sigmoid'
  | 'Step'
  | 'Greater'
  | 'Equal'
  | 'And'
  | 'Not'
  | 'ToFloat'
  | 'Where'
  | 'StopGradient'
  | 'BatchNorm'

export const elementwiseRules: GradientRules<Elementwise> = {
  Add: (_, upstream) => [upstream, upstream],
  Sub: (b, upstream) => [upstream, b.neg(upstream)],
  Mul: (b, upstream, node) => [b.mul(upstream, inputOf(node, 1)), b.mul(upstream, inputOf(node, 0))],
  Div: (b, upstream, node) => {
    const byNumerator = b.div(upstream, inputOf(node, 1))
    return [byNumerator, b.neg(b.mul(byNumerator, b.div(inputOf(node, 0), inputOf(node, 1))))]
  },
  Neg: (b, upstream) => [b.neg(upstream)],
  Relu: (b, upstream, node) => [b.mul(upstream, b.step(node, 0))],
  Exp: (b, upstream, node) => [b.mul(upstream, node)],
  Log: (b, upstream, node) => [b.div(upstream, inputOf(node, 0))],
  Sqrt: (b, upstream, node) => [b.div(b.mul(upstream, b.scalar(0.5)), node)],
  Erf: (b, upstream, node) => {
    const x = inputOf(node, 0)
    const slope = b.mul(b.exp(b.neg(b.mul(x, x))), b.scalar(2 / Math.sqrt(Math.PI)))
    return [b.mul(upstream, slope)]
  },
  Sigmoid: (b, upstream, node) => [b.mul(upstream, b.mul(node, b.sub(b.scalar(1), node)))],
  // Steps: flat wherever they have a slope at all.
  Step: () => [null],
  Greater: () => [null, null],
  Equal: () => [null, null],
  And: () => [null, null],
  Not: () => [null],
  ToFloat: () => [null],
  Where: (b, upstream, node) => {
    const zero = b.scalar(0)
    return [null, b.where(inputOf(node, 0), upstream, zero), b.where(inputOf(node, 0), zero, upstream)]
  },
  StopGradient: () => [null],
  /**
   * Ioffe & Szegedy 2015, section 3, rearranged so that only two sums and one linear form pass over x: with
   * z = (x - mean) / deviation and n values a channel,
   * dx = scale / deviation * (g - sum(g) / n - z * sum(g z) / n).
   */
  BatchNorm: (b, upstream, node) => {
    const [x, scale] = [inputOf(node, 0), inputOf(node, 1)]
    const [mean, variance] = [inputOf(node, 3), inputOf(node, 4)]
    const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))
    const count = b.scalar(axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1))
    const deviation = b.sqrt(b.add(variance, b.scalar(node.attributes.epsilon)))
    const sum = b.reduceSum(upstream, axes)
    const centred = b.sub(x, perChannel(b, mean, x))
    const sumTimesZ = b.div(b.reduceSum(b.mul(upstream, centred), axes), deviation)
    const factor = b.div(scale, deviation)
    const slope = b.neg(b.div(b.mul(factor, sumTimesZ), b.mul(deviation, count)))
    const offset = b.neg(b.div(b.mul(factor, sum), count))
    const ofUpstream = b.mul(upstream, perChannel(b, factor, x))
    const ofX = b.add(b.mul(centred, perChannel(b, slope, x)), perChannel(b, offset, x))
    return [b.add(ofUpstream, ofX), sumTimesZ, sum, null, null]
  },
}
