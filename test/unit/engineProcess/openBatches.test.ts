import { describe, expect, it } from 'vitest'
import { createDataset, sharedBytes } from '../../../src/main/data/dataset'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { TrainingSession } from '../../../src/main/engine/training/trainingSession'
import { frontToCompute, openBatches } from '../../../src/main/engineProcess/handlers/openBatches'
import type { TrainingData } from '../../../src/main/engineProcess/handlers/trainingData'
import { Random } from '../../../src/shared/random'
import type { Batch } from '../../../src/shared/training/batch'
import { recipeSchema, type Recipe, type RecipeInput } from '../../../src/shared/training/recipe'
import { tinySpec } from '../engine/tinyTask'

/** Without dropout, which draws by a sample's place in the batch. */
const spec = { ...tinySpec, layers: tinySpec.layers.filter(({ type }) => type !== 'dropout') }
const random = new Random(2)
const count = 24
const pixels = sharedBytes(count * 144)
for (let i = 0; i < pixels.length; i++) pixels[i] = random.integer(256)
const dataset = createDataset(
  'noise',
  Array.from({ length: count }, (_, i) => spec.classes[i % 3] ?? ''),
  { kind: 'rasters', width: 12, height: 12, pixels },
)
const set = { dataset, classIndex: dataset.labelIndex, indices: Int32Array.from(dataset.labelIndex.keys()) }
const data: TrainingData = { spec, training: set, heldOut: set, replay: null, fingerprint: '' }
const parameters = initializeParameters(describeParameters(spec), 4)

/** One batch holds all samples, so that their order makes next to no difference. */
const recipeOf = (recipe: RecipeInput): Recipe => recipeSchema.parse({ batchSize: count, ...recipe })

const open = (recipe: Recipe) =>
  openBatches(data, recipe, parameters, {
    provider: 'cpu',
    signal: new AbortController().signal,
    workerFile: '',
  })

/** The loss of one step, and the weights after it. */
async function step(recipe: Recipe, skip: number, batch: Batch) {
  const session = await TrainingSession.create(spec, recipe, parameters, { provider: 'cpu', skip })
  const loss = await session.step(batch, 0.01)
  const weights = session.snapshot()
  await session.release()
  return { loss, weights }
}

describe('batches behind a frozen front', () => {
  it('train the rest as the whole network would', async () => {
    const recipe = recipeOf({ freeze: ['conv2d1', 'batchNorm1', 'residual1'], optimizer: { type: 'sgd' } })
    const { batches, skip } = await open(recipe)
    expect(skip).toBe(5)
    const whole = await step(recipe, 0, {
      pixels: Float32Array.from(pixels, (value) => value / 255),
      labels: Int32Array.from(dataset.labelIndex),
      weights: new Float32Array(count).fill(1),
      count,
    })
    for await (const batch of batches.epoch(1)) {
      const rest = await step(recipe, skip, batch)
      expect(rest.loss).toBeCloseTo(whole.loss, 5)
      expect([...rest.weights.keys()].toSorted()).toEqual([...whole.weights.keys()].toSorted())
      for (const [name, values] of rest.weights) {
        values.forEach((value, i) => expect(value).toBeCloseTo(whole.weights.get(name)?.[i] ?? NaN, 4))
      }
      expect(rest.weights.get('dense1.weight')).not.toEqual(parameters.get('dense1.weight'))
    }
  })

  it('are left alone where samples differ from epoch to epoch, or nothing at the start is frozen', () => {
    expect(frontToCompute(data, recipeOf({ freeze: 'backbone' }))).toBe(spec.layers.length)
    expect(frontToCompute(data, recipeOf({ freeze: 'backbone', augmentation: { rotation: 5 } }))).toBe(0)
    expect(frontToCompute(data, recipeOf({ freeze: 'backbone', augmentation: { forms: 0.1 } }))).toBe(0)
    expect(frontToCompute(data, recipeOf({ freeze: ['dense1'] }))).toBe(0)
    expect(frontToCompute(data, recipeOf({}))).toBe(0)
  })
})
