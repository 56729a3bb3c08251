import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import { likeness, type Embeddings } from './embed'
import { pictureLikeness } from './pictureLikeness'

export interface DuplicatePair {
  readonly first: number
  readonly second: number
  readonly likeness: number
}

/** Two that a model hardly tells apart are looked at as pictures. */
const leastLikeness = 0.97
/** From here on two pictures count as the same. */
const leastPictureLikeness = 0.98
/** Hash tables: each is one more chance for two that are alike to meet. */
export const duplicateSteps = 8
/** Others of its bucket that a sample is compared with, in each table. */
const compared = 24

/**
 * Finds samples that look the same, without comparing each with each: random hyperplanes cut the embeddings into buckets (locality
 * sensitive hashing, Charikar 2002), and those that meet in one are compared, first as embeddings, then as pictures.
 * @param rasters [count, height, width], 0 paper to 255 ink
 * @returns the most alike first
 */
export async function findNearDuplicates(
  embeddings: Embeddings,
  rasters: Uint8Array,
  { width, height }: Pick<ModelInput, 'width' | 'height'>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (stepsDone: number) => void } = {},
): Promise<DuplicatePair[]> {
  const count = embeddings.vectors.length / embeddings.size
  const pixels = width * height
  const picture = (sample: number): Uint8Array => rasters.subarray(sample * pixels, (sample + 1) * pixels)
  const seen = new Set<number>()
  const found: DuplicatePair[] = []
  for (let table = 0; table < duplicateSteps; table++) {
    await nextTurn()
    signal?.throwIfAborted()
    const order = orderByBucket(embeddings, count, table)
    for (let at = 0; at < count; at++) {
      if (at % 1024 === 0) {
        await nextTurn()
        signal?.throwIfAborted()
      }
      const { bucket, sample } = order[at] ?? { bucket: 0, sample: 0 }
      for (let ahead = at + 1; ahead <= at + compared; ahead++) {
        const other = order[ahead]
        if (other?.bucket !== bucket) break
        if (likeness(embeddings, sample, other.sample) < leastLikeness) continue
        const first = Math.min(sample, other.sample)
        const second = Math.max(sample, other.sample)
        if (seen.has(first * count + second)) continue
        seen.add(first * count + second)
        const alike = pictureLikeness(picture(first), picture(second), width)
        if (alike >= leastPictureLikeness) found.push({ first, second, likeness: alike })
      }
    }
    onProgress?.(table + 1)
  }
  return found.sort((a, b) => b.likeness - a.likeness || a.first - b.first || a.second - b.second)
}

/** The samples bucket by bucket, and within one along a direction, so that those next to each other are likeliest alike. */
function orderByBucket(
  { vectors, size }: Embeddings,
  count: number,
  table: number,
): { bucket: number; along: number; sample: number }[] {
  const planes = Math.max(4, Math.min(24, Math.ceil(Math.log2(count)) - 4))
  const random = new Random(table, 0xd0b1e)
  // One more than planes: the last is the direction.
  const directions = Float32Array.from({ length: (planes + 1) * size }, () => random.normal())
  return Array.from({ length: count }, (_, sample) => {
    let bucket = 0
    let along = 0
    for (let plane = 0; plane <= planes; plane++) {
      let sum = 0
      for (let i = 0; i < size; i++)
        sum += (vectors[sample * size + i] ?? 0) * (directions[plane * size + i] ?? 0)
      if (plane === planes) along = sum
      else bucket = bucket * 2 + (sum > 0 ? 1 : 0)
    }
    return { bucket, along, sample }
  }).sort((a, b) => a.bucket - b.bucket || a.along - b.along)
}
