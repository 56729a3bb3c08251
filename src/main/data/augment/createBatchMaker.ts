import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import { augmentSample } from './augmentSample'
import type { BatchPlan } from './batchPlan'
import { createFillers } from './fillers'

export interface BatchMaker {
  readonly stepsPerEpoch: number
  makeBatch(epoch: number, step: number): Batch
}

/** Streams of random numbers that must not meet those of the fillers; each is one more seed. */
const stream = { order: 0, sample: 1 }

/**
 * Makes any batch of any epoch on its own: the order comes from (seed, epoch), each sample's distortion from (seed, epoch,
 * sample), so that it does not matter which thread makes which batch, or when.
 */
export function createBatchMaker(plan: BatchPlan): BatchMaker {
  const { dataset, input, augmentation, batchSize, labelLength, seed } = plan
  const size = input.width * input.height
  const fillers = createFillers(plan)
  const filled = fillers.reduce((sum, { perBatch }) => sum + perBatch, 0)
  const samplesPerBatch = Math.max(1, batchSize - filled)
  const image = new Uint8Array(size)
  let order: { epoch: number; indices: Int32Array } | undefined

  const orderOf = (epoch: number): Int32Array => {
    if (order?.epoch !== epoch) {
      order = { epoch, indices: new Random(seed, epoch, stream.order).shuffle(plan.indices.slice()) }
    }
    return order.indices
  }

  return {
    stepsPerEpoch: Math.ceil(plan.indices.length / samplesPerBatch),
    makeBatch(epoch, step) {
      const pixels = new Float32Array(batchSize * size)
      const labels = new Int32Array(batchSize * labelLength)
      const weights = new Float32Array(batchSize)
      let count = 0
      const add = (label: Int32Array): void => {
        labels.set(label, count * labelLength)
        weights[count] = plan.outputWeights?.[label[0] ?? 0] ?? 1
        const start = count * size
        for (let i = 0; i < size; i++) pixels[start + i] = (image[i] ?? 0) / 255
        count++
      }
      const indices = orderOf(epoch).subarray(step * samplesPerBatch, (step + 1) * samplesPerBatch)
      for (const index of indices) {
        const random = new Random(seed, epoch, stream.sample, index)
        augmentSample(dataset, index, image, input, augmentation, random)
        add(plan.classIndex.subarray(index * labelLength, (index + 1) * labelLength))
      }
      for (const filler of fillers) {
        // The last batch of an epoch, with fewer samples, has fewer of the others, too.
        const wanted = Math.round((indices.length * filler.perBatch) / samplesPerBatch)
        for (let i = 0; i < wanted && count < batchSize; i++) {
          add(Int32Array.of(filler.draw(image, new Random(seed, epoch, filler.stream, step, count))))
        }
      }
      return { pixels, labels, weights, count }
    },
  }
}
