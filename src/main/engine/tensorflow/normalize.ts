import type { Tensor, Tensorflow } from './tensorflow'

/**
 * scale * (x - mean) / sqrt(variance + epsilon) + shift, with the gradient that takes mean and variance as the statistics of x
 * (Ioffe & Szegedy 2015), in fewer passes over x than TensorFlow.js would make of the formula.
 * @param x [..., channels]; the others are [channels]
 */
export function normalizeBatch(
  tf: Tensorflow,
  [x, scale, shift, mean, variance]: readonly [Tensor, Tensor, Tensor, Tensor, Tensor],
  epsilon: number,
): Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis)
  const count = x.size / (x.shape.at(-1) ?? 1)
  const deviationOf = (values: Tensor): Tensor => tf.sqrt(tf.add(values, epsilon))
  const compute = tf.customGrad((...inputs) => {
    const [image, factors, shifts, save] = inputs as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void]
    save([image, factors, mean, variance])
    const factor = tf.div(factors, deviationOf(variance))
    const offset = tf.sub(shifts, tf.mul(mean, factor))
    return {
      value: tf.add(tf.mul(image, factor), offset),
      gradFunc: (upstream: Tensor, saved: Tensor[]) => {
        const [sample, scales, means, variances] = saved as [Tensor, Tensor, Tensor, Tensor]
        const deviation = deviationOf(variances)
        const centred = tf.sub(sample, means)
        const sum = tf.sum(upstream, axes)
        const sumTimesZ = tf.div(tf.sum(tf.mul(upstream, centred), axes), deviation)
        const slope = tf.div(sumTimesZ, tf.mul(deviation, count))
        const ofX = tf.sub(tf.sub(upstream, tf.div(sum, count)), tf.mul(centred, slope))
        return [tf.mul(ofX, tf.div(scales, deviation)), sumTimesZ, sum]
      },
    }
  })
  return compute(x, scale, shift)
}
