import { Random } from '../../../shared/random'

/** More directions than these tell nothing more of likeness, and take their time. */
const mostDirections = 256

/** Samples as directions: of two samples the inner product says how alike they are to a model, up to 1. */
export interface Embeddings {
  /** [count, size], each of length 1. */
  readonly vectors: Float32Array
  readonly size: number
}

/**
 * Fewer features that keep the distances: a random projection (Johnson & Lindenstrauss 1984), the same for every seed-less call.
 * What has few features already stays as it is.
 * @param features [count, size]
 */
export function reduceFeatures(features: Float32Array, count: number): Float32Array {
  const size = features.length / count
  if (size <= mostDirections) return features
  const random = new Random(size, 0x9d0)
  const signs = Float32Array.from({ length: size * mostDirections }, () => (random.chance(0.5) ? 1 : -1))
  const reduced = new Float32Array(count * mostDirections)
  for (let sample = 0; sample < count; sample++) {
    const row = reduced.subarray(sample * mostDirections, (sample + 1) * mostDirections)
    for (let i = 0; i < size; i++) {
      const value = (features[sample * size + i] ?? 0) / Math.sqrt(mostDirections)
      if (value === 0) continue
      for (let k = 0; k < mostDirections; k++)
        row[k] = (row[k] ?? 0) + value * (signs[i * mostDirections + k] ?? 0)
    }
  }
  return reduced
}

/**
 * Features about their mean, each brought to length 1.
 * @param features [count, size]
 */
export function toEmbeddings(features: Float32Array, count: number): Embeddings {
  const size = features.length / count
  const mean = new Float64Array(size)
  features.forEach((value, at) => (mean[at % size] = (mean[at % size] ?? 0) + value / count))
  const vectors = features.map((value, at) => value - (mean[at % size] ?? 0))
  for (let sample = 0; sample < count; sample++) {
    const row = vectors.subarray(sample * size, (sample + 1) * size)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1
    row.forEach((value, i) => (row[i] = value / length))
  }
  return { vectors, size }
}

/** How alike two samples are, -1 to 1. */
export function likeness({ vectors, size }: Embeddings, first: number, second: number): number {
  let sum = 0
  for (let i = 0, a = first * size, b = second * size; i < size; i++, a++, b++)
    sum += (vectors[a] ?? 0) * (vectors[b] ?? 0)
  return sum
}
