/** Samples in a model's feature space: what goes into its head. */
export interface FeatureSamples {
  /** [count, size] */
  readonly features: Float32Array
  /** [count], the class of each. */
  readonly classes: Int32Array
}

export interface ClassMeans {
  /** By class; null for one without samples. */
  readonly means: readonly (Float64Array | null)[]
  /** Samples of each class. */
  readonly counts: readonly number[]
}

export function classMeans({ features, classes }: FeatureSamples, classCount: number): ClassMeans {
  const size = classes.length === 0 ? 0 : features.length / classes.length
  const sums = Array.from({ length: classCount }, () => new Float64Array(size))
  const counts = new Array<number>(classCount).fill(0)
  classes.forEach((label, sample) => {
    const sum = sums[label]
    if (!sum) return
    for (let i = 0; i < size; i++) sum[i] = (sum[i] ?? 0) + (features[sample * size + i] ?? 0)
    counts[label] = (counts[label] ?? 0) + 1
  })
  const means = sums.map((sum, label) => {
    const count = counts[label] ?? 0
    return count === 0 ? null : sum.map((value) => value / count)
  })
  return { means, counts }
}

/** Share of the covariance that is replaced by an even one, since a few hundred samples tell little of hundreds of directions. */
const shrinkage = 0.2

/**
 * How samples scatter about the mean of their class, all classes taken together, [size, size]; shrunk towards an even scatter
 * (Ledoit & Wolf 2004), so that it can be inverted however few samples there are.
 */
export function withinCovariance(samples: FeatureSamples, { means }: ClassMeans): Float64Array {
  const { features, classes } = samples
  const size = features.length / classes.length
  const sum = new Float64Array(size * size)
  const offset = new Float64Array(size)
  classes.forEach((label, sample) => {
    const mean = means[label]
    for (let i = 0; i < size; i++) offset[i] = (features[sample * size + i] ?? 0) - (mean?.[i] ?? 0)
    for (let i = 0; i < size; i++) {
      const left = offset[i] ?? 0
      if (left === 0) continue
      for (let k = 0; k <= i; k++) sum[i * size + k] = (sum[i * size + k] ?? 0) + left * (offset[k] ?? 0)
    }
  })
  let trace = 0
  for (let i = 0; i < size; i++) trace += (sum[i * size + i] ?? 0) / classes.length
  const even = Math.max(trace / size, 1e-9)
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) {
      const value =
        ((1 - shrinkage) * (sum[i * size + k] ?? 0)) / classes.length + (i === k ? shrinkage * even : 0)
      covariance[i * size + k] = value
      covariance[k * size + i] = value
    }
  }
  return covariance
}
