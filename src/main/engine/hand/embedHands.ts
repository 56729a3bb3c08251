import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Parameters } from '../network/parameter'
import { computeFront } from '../training/frontFeatures'

/** Samples as directions in which hands differ. */
export interface HandEmbeddings {
  /** [count, size], each of length 1. */
  readonly vectors: Float32Array
  readonly size: number
}

/**
 * What a network that tells hands apart makes of samples: the features before its head, each brought to length 1. The classes of
 * the head, the writers that it learned from, are left out, as in any verification by a classifier's features (Deng et al. 2019).
 * @param rasters [count, height, width], 0 to 255
 */
export async function embedHands(
  { spec, parameters }: { spec: ModelSpec; parameters: Parameters },
  rasters: Uint8Array,
  signal?: AbortSignal,
): Promise<HandEmbeddings> {
  const count = rasters.length / (spec.input.width * spec.input.height)
  const vectors = await computeFront(spec, parameters, spec.layers.length, rasters, {
    provider: 'cpu',
    ...(signal && { signal }),
  })
  const size = vectors.length / count
  for (let start = 0; start < vectors.length; start += size) {
    const row = vectors.subarray(start, start + size)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1
    row.forEach((value, i) => (row[i] = value / length))
  }
  return { vectors, size }
}

/** The mean of some samples, [size]: what several words of one hand say together. */
export function meanEmbedding({ vectors, size }: HandEmbeddings, samples: readonly number[]): Float32Array {
  const mean = new Float32Array(size)
  for (const sample of samples) {
    for (let i = 0; i < size; i++)
      mean[i] = (mean[i] ?? 0) + (vectors[sample * size + i] ?? 0) / samples.length
  }
  return mean
}
