import { toPixels } from '../../../shared/image/toPixels'
import { AppError } from '../../../shared/errors/appError'
import { modelSpecSchema, type ModelSpec, type ModelSpecInput } from '../../../shared/model/modelSpec'
import type { Batch } from '../../../shared/training/batch'
import { recipeSchema, type Recipe } from '../../../shared/training/recipe'
import { openDataset } from '../../data/openDataset'

const side = 28
const convolution = (filters: number): ModelSpecInput['layers'] => [
  { type: 'conv2d', filters },
  { type: 'relu' },
]

/** The network that trainings are compared on; build/bench/trainTorch.py has the same. */
export const referenceSpec: ModelSpec = modelSpecSchema.parse({
  name: 'reference',
  input: { width: side, height: side, raster: { box: 20, penWidth: 2, centre: 'mass' } },
  classes: Array.from('0123456789'),
  layers: [
    ...convolution(32),
    ...convolution(32),
    { type: 'maxPool' },
    ...convolution(64),
    ...convolution(64),
    { type: 'maxPool' },
    { type: 'dense', units: 128 },
    { type: 'relu' },
  ],
})

/** Adam: AdamW without decay. */
export const referenceRecipe: Recipe = recipeSchema.parse({
  batchSize: 128,
  optimizer: { type: 'adamw', weightDecay: 0 },
  learningRate: 1e-3,
  schedule: 'constant',
})

/** The first batches of MNIST's training set as they are, made beforehand: making them is measured elsewhere. */
export async function prepareBatches(count: number): Promise<Batch[]> {
  const { batchSize } = referenceRecipe
  const size = side * side
  const dataset = await openDataset('mnist:train', referenceSpec.input)
  const { content, labels, labelIndex } = dataset
  if (content.kind !== 'rasters' || dataset.count < count * batchSize) {
    throw new AppError('data-empty', { data: dataset.name })
  }
  return Array.from({ length: count }, (_, batch) => {
    const first = batch * batchSize
    return {
      pixels: toPixels(content.pixels.subarray(first * size, (first + batchSize) * size)),
      labels: Int32Array.from(labelIndex.subarray(first, first + batchSize), (index) =>
        Number(labels[index]),
      ),
      weights: new Float32Array(batchSize).fill(1),
      count: batchSize,
    }
  })
}
