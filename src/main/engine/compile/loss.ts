import { logSoftmax, oneHot } from '../graph/derivedOps'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'

/**
 * Softmax cross-entropy, averaged by sample weights; a weight of 0 leaves a sample out.
 * @param logits [batch, outputs]
 * @param labels int32 [batch], numbers of outputs
 * @param sampleWeights [batch]
 * @param smoothing share of each target that is spread evenly over all outputs (Szegedy et al. 2016)
 */
export function crossEntropy(
  b: GraphBuilder,
  logits: Value,
  labels: Value,
  sampleWeights: Value,
  smoothing: number,
): Value {
  const outputs = logits.shape[1] ?? 1
  const hard = oneHot(b, labels, outputs)
  const targets =
    smoothing === 0 ? hard : b.add(b.mul(hard, b.scalar(1 - smoothing)), b.scalar(smoothing / outputs))
  const perSample = b.neg(b.reduceSum(b.mul(targets, logSoftmax(b, logits)), [1]))
  return b.div(b.reduceSum(b.mul(perSample, sampleWeights), [0]), b.reduceSum(sampleWeights, [0]))
}

/** Half the squared norm of all values, times `strength`: of weights, or of how far they are from where they began. */
export function l2Penalty(b: GraphBuilder, values: readonly Value[], strength: number): Value {
  return values
    .map((value) =>
      b.reduceSum(
        b.mul(value, value),
        value.shape.map((_, axis) => axis),
      ),
    )
    .map((norm) => b.mul(norm, b.scalar(strength / 2)))
    .reduce((sum, penalty) => b.add(sum, penalty))
}
