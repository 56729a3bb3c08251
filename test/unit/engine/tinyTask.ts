import type {
  CheckpointStore,
  TrainingCheckpoint,
} from '../../../src/main/engine/training/trainingCheckpoint'
import type { BatchSource, HeldOut } from '../../../src/main/engine/training/trainingInput'
import { modelSpecSchema, type ModelSpec } from '../../../src/shared/model/modelSpec'
import { Random } from '../../../src/shared/random'
import type { Batch } from '../../../src/shared/training/batch'

/** A task that a small network learns in seconds: bars that lie, stand or cross, with noise. */
export const tinySpec: ModelSpec = modelSpecSchema.parse({
  name: 'bars',
  input: { width: 12, height: 12, raster: { box: 8, penWidth: 1, centre: 'mass' } },
  classes: ['lying', 'standing', 'crossed'],
  layers: [
    { type: 'conv2d', filters: 4, bias: false },
    { type: 'batchNorm' },
    { type: 'relu' },
    { type: 'maxPool' },
    { type: 'residual', layers: [{ type: 'conv2d', filters: 6, stride: 2 }, { type: 'relu' }] },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 8 },
    { type: 'batchNorm' },
    { type: 'relu' },
  ],
})

const side = 12

/** One sample of a class, 0 to 255. */
function drawBars(label: number, random: Random): Uint8Array {
  const pixels = Uint8Array.from({ length: side * side }, () => random.integer(60))
  const place = 3 + random.integer(6)
  for (let i = 1; i < side - 1; i++) {
    if (label !== 1) pixels[place * side + i] = 255
    if (label !== 0) pixels[i * side + place] = 255
  }
  return pixels
}

export function tinyBatches(batchSize: number, stepsPerEpoch: number): BatchSource {
  const makeBatch = (random: Random): Batch => {
    const labels = Int32Array.from({ length: batchSize }, () => random.integer(3))
    const pixels = new Float32Array(batchSize * side * side)
    labels.forEach((label, i) => {
      pixels.set(
        Float32Array.from(drawBars(label, random), (value) => value / 255),
        i * side * side,
      )
    })
    return { pixels, labels, weights: new Float32Array(batchSize).fill(1), count: batchSize }
  }
  return {
    stepsPerEpoch,
    async *epoch(epoch, fromStep) {
      for (let step = fromStep; step < stepsPerEpoch; step++) {
        // A turn of the event loop a batch, as batches from worker threads take one.
        yield await Promise.resolve(makeBatch(new Random(1, epoch, step)))
      }
    },
  }
}

/** Checkpoints that are kept in memory, all of them. */
export function checkpointsInMemory(): CheckpointStore & { readonly written: TrainingCheckpoint[] } {
  const written: TrainingCheckpoint[] = []
  return {
    folder: 'memory',
    written,
    write: (checkpoint) => Promise.resolve(void written.push(structuredClone(checkpoint))),
    latest: () => Promise.resolve(written.at(-1) ?? null),
  }
}

export function tinyHeldOut(count: number): HeldOut {
  const random = new Random(99)
  const truth = Int32Array.from({ length: count }, () => random.integer(3))
  const rasters = new Uint8Array(count * side * side)
  truth.forEach((label, i) => rasters.set(drawBars(label, random), i * side * side))
  return { rasters, truth }
}
