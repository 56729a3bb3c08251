import { describe, expect, it } from 'vitest'
import { createFeatureBatches } from '../../../src/main/data/augment/featureBatches'
import type { Batch } from '../../../src/shared/training/batch'

/** Two numbers a sample, which tell the sample and its output apart. */
function featureSet(outputs: number[], offset: number) {
  return {
    features: Float32Array.from(outputs.flatMap((output, i) => [offset + i, output])),
    outputs: Int32Array.from(outputs),
  }
}

const samples = featureSet(
  Array.from({ length: 23 }, (_, i) => i % 3),
  0,
)
const plan = { ...samples, replay: null, outputWeights: null, batchSize: 8, seed: 5 }

async function collect(loader: ReturnType<typeof createFeatureBatches>, epoch: number, fromStep = 0) {
  const batches: Batch[] = []
  for await (const batch of loader.epoch(epoch, fromStep)) batches.push(batch)
  return batches
}

/** [the sample's first feature, its label] of all that is no padding. */
const rows = (batches: Batch[]): [number, number][] =>
  batches.flatMap(({ pixels, labels, count }) =>
    Array.from({ length: count }, (_, i): [number, number] => [pixels[2 * i] ?? -1, labels[i] ?? -1]),
  )

describe('batches of features', () => {
  it('give every sample once an epoch with its own label, in another order in the next', async () => {
    const loader = createFeatureBatches(plan)
    expect(loader.stepsPerEpoch).toBe(3)
    const [first, second] = [rows(await collect(loader, 1)), rows(await collect(loader, 2))]
    expect(first).not.toEqual(second)
    for (const epoch of [first, second]) {
      expect(epoch.map(([sample]) => sample).toSorted((a, b) => a - b)).toEqual([...samples.outputs.keys()])
      for (const [sample, label] of epoch) expect(label).toBe(sample % 3)
    }
  })

  it('pad the last batch with samples that weigh nothing', async () => {
    const last = (await collect(createFeatureBatches(plan), 1)).at(-1)
    expect(last?.count).toBe(7)
    expect([...(last?.weights ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
  })

  it('are the same when an epoch is taken up in the middle', async () => {
    const loader = createFeatureBatches(plan)
    expect(await collect(loader, 4, 1)).toEqual((await collect(loader, 4)).slice(1))
  })

  it('take in other samples, each class alike, and weigh by class', async () => {
    // One of the ten replayed samples is of a class of its own.
    const replay = { ...featureSet([4, ...Array<number>(9).fill(3)], 100), share: 0.5 }
    const outputWeights = Float32Array.of(1, 2, 3, 4, 5)
    const loader = createFeatureBatches({ ...plan, replay, outputWeights })
    expect(loader.stepsPerEpoch).toBe(6)
    const epochs = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((epoch) => collect(loader, epoch)))
    const all = rows(epochs.flat())
    const replayed = all.filter(([sample]) => sample >= 100)
    expect(all.length - replayed.length).toBe(230)
    expect(replayed.length / all.length).toBeCloseTo(0.5, 1)
    expect(replayed.filter(([, label]) => label === 4).length / replayed.length).toBeCloseTo(0.5, 0)
    for (const { labels, weights, count } of epochs.flat()) {
      for (let i = 0; i < count; i++) expect(weights[i]).toBe(1 + (labels[i] ?? 0))
    }
  })
})
