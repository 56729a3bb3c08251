import type { GraphBuilder } from './graphBuilder'
import type { Value } from './value'

/** Composed of primitive operators, whose gradient rules are theirs. */

/** Exact GELU (Hendrycks & Gimpel 2016): x * Phi(x), by the error function. */
export function gelu(b: GraphBuilder, x: Value): Value {
  const phi = b.add(b.erf(b.mul(x, b.scalar(Math.SQRT1_2))), b.scalar(1))
  return b.mul(b.mul(x, b.scalar(0.5)), phi)
}

/** log(softmax(x)) along the last axis of [batch, classes]; the maximum is taken out first, so nothing overflows. */
export function logSoftmax(b: GraphBuilder, x: Value): Value {
  const shifted = b.sub(x, b.stopGradient(b.reduceMax(x, [1], true)))
  return b.sub(shifted, b.log(b.reduceSum(b.exp(shifted), [1], true)))
}

/** int32 labels [batch] -> float [batch, classes] with a one in each row. */
export function oneHot(b: GraphBuilder, labels: Value, classes: number): Value {
  const range = b.constant(
    Int32Array.from({ length: classes }, (_, i) => i),
    [1, classes],
  )
  return b.toFloat(b.equal(b.reshape(labels, [...labels.shape, 1]), range))
}

/** Mean and (biased) variance of x [batch, channels, ...] per channel: two tensors [channels]. */
export function channelMoments(b: GraphBuilder, x: Value): { mean: Value; variance: Value } {
  const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]))
  const mean = b.reduceMean(x, axes)
  const centred = b.sub(x, perChannel(b, mean, x))
  return { mean, variance: b.reduceMean(b.mul(centred, centred), axes) }
}

/** x [batch, channels, ...], each sample's groups of neighbouring channels brought to mean 0 and variance 1. */
export function normalizeGroups(b: GraphBuilder, x: Value, groups: number, epsilon: number): Value {
  const [batch = 1, ...rest] = x.shape
  const grouped = b.reshape(x, [
    batch,
    groups,
    rest.reduce((product, length) => product * length, 1) / groups,
  ])
  const centred = b.sub(grouped, b.reduceMean(grouped, [2], true))
  const variance = b.reduceMean(b.mul(centred, centred), [2], true)
  return b.reshape(b.div(centred, b.sqrt(b.add(variance, b.scalar(epsilon)))), x.shape)
}

/** [channels] -> [channels, 1, ...], so that it broadcasts along x's channels. */
export function perChannel(b: GraphBuilder, values: Value, x: Value): Value {
  return b.reshape(values, [...values.shape, ...x.shape.slice(2).map(() => 1)])
}
