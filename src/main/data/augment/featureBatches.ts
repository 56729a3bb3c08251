import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import type { BatchLoader } from './batchLoader'
import { groupByOutput } from './groupByOutput'

/** Samples as what a network's frozen front gave for them. */
export interface FeatureSet {
  /** [count, ...] */
  readonly features: Float32Array
  /** [count], the target output of each sample. */
  readonly outputs: Int32Array
}

interface FeaturePlan extends FeatureSet {
  /** Other samples that a share of each batch is drawn from, each class alike. */
  readonly replay: (FeatureSet & { readonly share: number }) | null
  /** How much a sample of each output counts in the loss; null lets all count alike. */
  readonly outputWeights: Float32Array | null
  readonly batchSize: number
  readonly seed: number
}

/** Streams of random numbers that must not meet; each is one more seed. */
const stream = { order: 0, replay: 1 }

/** Batches of features, shuffled anew in each epoch. There is nothing to compute, so no worker thread makes them. */
export function createFeatureBatches(plan: FeaturePlan): BatchLoader {
  const { features, outputs, replay, batchSize, seed } = plan
  const size = features.length / outputs.length
  const replayed = replay ? Math.min(batchSize - 1, Math.round(batchSize * replay.share)) : 0
  const samplesPerBatch = batchSize - replayed
  const stepsPerEpoch = Math.ceil(outputs.length / samplesPerBatch)
  const groups = replay ? groupByOutput(replay.outputs, replay.outputs.keys()) : []

  const makeBatch = (order: Int32Array, epoch: number, step: number): Batch => {
    const pixels = new Float32Array(batchSize * size)
    const labels = new Int32Array(batchSize)
    const weights = new Float32Array(batchSize)
    let count = 0
    const add = (from: FeatureSet, index: number): void => {
      const label = from.outputs[index] ?? 0
      pixels.set(from.features.subarray(index * size, (index + 1) * size), count * size)
      labels[count] = label
      weights[count] = plan.outputWeights?.[label] ?? 1
      count++
    }
    const indices = order.subarray(step * samplesPerBatch, (step + 1) * samplesPerBatch)
    for (const index of indices) add(plan, index)
    if (replay) {
      const random = new Random(seed, epoch, stream.replay, step)
      for (let left = Math.round((indices.length * replayed) / samplesPerBatch); left > 0; left--) {
        const group = groups[random.integer(groups.length)] ?? []
        add(replay, group[random.integer(group.length)] ?? 0)
      }
    }
    return { pixels, labels, weights, count }
  }

  return {
    stepsPerEpoch,
    async *epoch(epoch, fromStep = 0) {
      const random = new Random(seed, epoch, stream.order)
      const order = random.shuffle(Int32Array.from(outputs.keys()))
      for (let step = fromStep; step < stepsPerEpoch; step++)
        yield await Promise.resolve(makeBatch(order, epoch, step))
    },
    close: () => Promise.resolve(),
  }
}
