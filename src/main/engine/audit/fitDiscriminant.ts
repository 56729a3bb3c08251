import { headBias, headWeight } from '../network/transferParameters'
import type { Parameters } from '../network/parameter'
import { factorize } from '../teaching/cholesky'
import { classMeans, withinCovariance, type FeatureSamples } from '../teaching/classMeans'

/** Samples that a class needs to be known by. */
export const leastOfClass = 3

/** Of a class that is never answered. */
const neverAnswered = -1e9

/**
 * A head on frozen features, fitted in closed form: linear discriminant analysis (Fisher 1936), with one shrunk covariance for all
 * classes. Means and covariance hardly move where a few labels are wrong, unlike a head that is trained until it knows its samples
 * by heart.
 * @returns weight [size, classCount] and bias [classCount]; classes with fewer than `leastOfClass` samples are never answered
 */
export function fitDiscriminant(samples: FeatureSamples, classCount: number): Parameters {
  const found = classMeans(samples, classCount)
  const size = samples.features.length / samples.classes.length
  const solve = factorize(withinCovariance(samples, found), size)
  const weight = new Float32Array(size * classCount)
  const bias = new Float32Array(classCount).fill(neverAnswered)
  found.means.forEach((mean, label) => {
    const count = found.counts[label] ?? 0
    if (!mean || count < leastOfClass) return
    const direction = solve(mean)
    direction.forEach((value, i) => (weight[i * classCount + label] = value))
    const half = direction.reduce((sum, value, i) => sum + value * (mean[i] ?? 0), 0) / 2
    bias[label] = Math.log(count / samples.classes.length) - half
  })
  return new Map([
    [headWeight, weight],
    [headBias, bias],
  ])
}
