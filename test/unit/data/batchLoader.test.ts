import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBatchLoader, type BatchLoader } from '../../../src/main/data/augment/batchLoader'
import type { BatchPlan } from '../../../src/main/data/augment/batchPlan'
import { createDataset, sharedBytes, type Dataset } from '../../../src/main/data/dataset'
import type { Ink } from '../../../src/shared/ink/ink'
import type { Batch } from '../../../src/shared/training/batch'
import { augmentationSchema } from '../../../src/shared/training/recipe'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { mnistTestSamples } from '../../fixtures/mnistSamples'

const root = join(import.meta.dirname, '../../..')
let folder = ''
let workerFile = ''
let digits: Dataset

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'longhand-test-')))
  workerFile = join(folder, 'augmentWorker.js')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'src/main/data/augment/augmentWorker.ts'),
      outDir: folder,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'augmentWorker.js' } },
    },
  })
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  const samples = await mnistTestSamples(75)
  const pixels = sharedBytes(75 * 784)
  samples.forEach((sample, at) => pixels.set(sample.pixels, at * 784))
  digits = createDataset(
    'digits',
    samples.map(({ label }) => label),
    { kind: 'rasters', width: 28, height: 28, pixels },
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const lines: Ink[] = Array.from({ length: 20 }, (_, i): Ink => [
  [
    [0, 0],
    [i, 100],
    [50, 50 - i],
  ],
])
const inkLines = createDataset(
  'lines',
  lines.map((_, i) => String(i % 2)),
  { kind: 'ink', inks: lines },
)

function plan(dataset: Dataset, more: Partial<BatchPlan> = {}): BatchPlan {
  return {
    labelLength: 1,
    dataset,
    classIndex: dataset.labelIndex,
    indices: Int32Array.from({ length: dataset.count }, (_, i) => i),
    input: digitsInput,
    augmentation: augmentationSchema.parse({ rotation: 15, scale: 0.1, shift: 2, elastic: 1, thickness: 1 }),
    replay: null,
    outputWeights: null,
    rejectClass: null,
    batchSize: 16,
    seed: 42,
    ...more,
  }
}

async function collect(loader: BatchLoader, epoch: number): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of loader.epoch(epoch)) batches.push(batch)
  return batches
}

async function batchesOf(options: BatchPlan, workers: number, epoch = 0): Promise<Batch[]> {
  const loader = createBatchLoader({ ...options, workers, workerFile })
  try {
    return await collect(loader, epoch)
  } finally {
    await loader.close()
  }
}

const withRejects = {
  rejectClass: 10,
  augmentation: augmentationSchema.parse({ rotation: 15, elastic: 1, scribbles: 0.25 }),
}

describe('the batch loader', () => {
  it.each<[string, () => BatchPlan]>([
    ['rasters', () => plan(digits)],
    ['rasters and rejects', () => plan(digits, withRejects)],
    ['ink', () => plan(inkLines)],
    ['ink and rejects', () => plan(inkLines, { ...withRejects, rejectClass: 2 })],
  ])('makes the same batches of %s to the bit with 0, 1 and 3 workers', async (_, makePlan) => {
    const inline = await batchesOf(makePlan(), 0, 1)
    expect(await batchesOf(makePlan(), 1, 1)).toEqual(inline)
    expect(await batchesOf(makePlan(), 3, 1)).toEqual(inline)
  })

  it('gives every sample once an epoch, in another order and another form in the next', async () => {
    const [first, second] = [await batchesOf(plan(digits), 0, 0), await batchesOf(plan(digits), 0, 1)]
    const labels = (batches: Batch[]): number[] =>
      batches.flatMap((batch) => [...batch.labels.subarray(0, batch.count)])
    expect(labels(first)).not.toEqual(labels(second))
    const sorted = [...digits.labelIndex].sort((a, b) => a - b)
    expect(labels(first).sort((a, b) => a - b)).toEqual(sorted)
    expect(labels(second).sort((a, b) => a - b)).toEqual(sorted)
  })

  it('draws the replayed share of each batch from the other samples, each class alike', async () => {
    // Of ten samples of the other set nine are of one class.
    const replay = {
      dataset: inkLines,
      classIndex: inkLines.labelIndex.map((label) => 10 + label),
      indices: Int32Array.of(0, 1, 2, 4, 6, 8, 10, 12, 14, 16),
      share: 0.5,
    }
    const epochs = await Promise.all(
      [0, 1, 2, 3, 4].map((epoch) => batchesOf(plan(digits, { replay }), 0, epoch)),
    )
    const labels = epochs.flat().flatMap((batch) => [...batch.labels.subarray(0, batch.count)])
    const replayed = labels.filter((label) => label >= 10)
    expect(labels.length - replayed.length).toBe(5 * digits.count)
    expect(replayed.length / labels.length).toBeCloseTo(0.5, 1)
    const rare = replayed.filter((label) => label === 11).length
    expect(rare / replayed.length).toBeGreaterThan(0.4)
    expect(rare / replayed.length).toBeLessThan(0.6)
  })

  it('lets samples count by the weight of their class', async () => {
    const outputWeights = Float32Array.from({ length: 10 }, (_, output) => 1 + output)
    for (const batch of await batchesOf(plan(digits, { outputWeights }), 0)) {
      batch.weights.forEach((weight, i) => {
        expect(weight).toBe(i < batch.count ? 1 + (batch.labels[i] ?? 0) : 0)
      })
    }
  })

  it('pads the last batch with samples that weigh nothing', async () => {
    const batches = await batchesOf(plan(digits), 0)
    expect(batches).toHaveLength(5)
    const last = batches.at(-1)
    expect(last?.count).toBe(11)
    expect([...(last?.weights ?? [])]).toEqual([...Array<number>(11).fill(1), ...Array<number>(5).fill(0)])
    expect(last?.pixels).toHaveLength(16 * 784)
    expect(last?.pixels.subarray(11 * 784).every((value) => value === 0)).toBe(true)
  })

  it('gives pixels from 0 to 1, with every picture showing ink', async () => {
    for (const batch of await batchesOf(plan(digits), 0)) {
      expect(Math.max(...batch.pixels)).toBeLessThanOrEqual(1)
      for (let i = 0; i < batch.count; i++) {
        expect(Math.max(...batch.pixels.subarray(i * 784, (i + 1) * 784))).toBeGreaterThan(0.5)
      }
    }
  })

  it('uses only the chosen samples', async () => {
    const sevens = Int32Array.from([...digits.labelIndex.keys()].filter((i) => digits.labelIndex[i] === 7))
    const batches = await batchesOf(plan(digits, { indices: sevens }), 0)
    const count = batches.reduce((sum, batch) => sum + batch.count, 0)
    expect(count).toBe(sevens.length)
    for (const batch of batches) expect(new Set(batch.labels.subarray(0, batch.count))).toEqual(new Set([7]))
  })

  it('mixes in the wanted share of rejects, in the last batch too', async () => {
    const batches = await batchesOf(plan(digits, withRejects), 0)
    expect(batches).toHaveLength(Math.ceil(75 / 12))
    const rejects = batches.map((batch) => batch.labels.filter((label) => label === 10).length)
    expect(rejects).toEqual([4, 4, 4, 4, 4, 4, 1])
  })

  it('has no rejects for a model that does not reject', async () => {
    const batches = await batchesOf(plan(digits, { ...withRejects, rejectClass: null }), 0)
    expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(75)
  })

  it.each([0, 2])('begins an epoch at any step with the same batches, with %i workers', async (workers) => {
    const whole = await batchesOf(plan(digits, withRejects), 0, 3)
    const loader = createBatchLoader({ ...plan(digits, withRejects), workers, workerFile })
    const rest: Batch[] = []
    for await (const batch of loader.epoch(3, 4)) rest.push(batch)
    for await (const _batch of loader.epoch(3, whole.length)) throw new Error('there is none left')
    await loader.close()
    expect(rest).toEqual(whole.slice(4))
  })

  it('can be left early, and goes on with the next epoch', async () => {
    const loader = createBatchLoader({ ...plan(digits), workers: 2, workerFile })
    for await (const batch of loader.epoch(0)) {
      expect(batch.count).toBe(16)
      break
    }
    expect(await collect(loader, 1)).toEqual(await batchesOf(plan(digits), 0, 1))
    await loader.close()
  })

  it('fails, and does not hang, when its workers cannot start', async () => {
    const missing = join(folder, 'missing.js')
    const loader = createBatchLoader({ ...plan(digits), workers: 2, workerFile: missing })
    await expect(collect(loader, 0)).rejects.toThrow(/missing\.js/)
    await loader.close()
  })

  it('fails, and does not hang, when it is closed under way', async () => {
    const loader = createBatchLoader({ ...plan(digits), workers: 1, workerFile })
    const iterator = loader.epoch(0)[Symbol.asyncIterator]()
    await iterator.next()
    const closing = loader.close()
    await expect(
      (async () => {
        while ((await iterator.next()).done !== true);
      })(),
    ).rejects.toThrow('batch worker')
    await closing
  })
})
