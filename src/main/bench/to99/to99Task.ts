import { modelSpecSchema, type ModelSpec, type ModelSpecInput } from '../../../shared/model/modelSpec'
import { recipeSchema, type Recipe } from '../../../shared/training/recipe'

const convolution = (filters: number): ModelSpecInput['layers'] => [
  { type: 'conv2d', filters, padding: 'valid', bias: false },
  { type: 'batchNorm' },
  { type: 'relu' },
]

/** The network and recipe that reached 99% in the least time of those that were tried; build/bench/trainTo99.py builds the same. */
export const to99Spec: ModelSpec = modelSpecSchema.parse({
  name: 'to-99',
  input: { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } },
  classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  layers: [
    ...convolution(16),
    { type: 'maxPool' },
    ...convolution(32),
    { type: 'maxPool' },
    ...convolution(64),
    { type: 'globalAveragePool' },
  ],
})

export const to99Recipe: Recipe = recipeSchema.parse({
  epochs: 1,
  batchSize: 64,
  optimizer: { type: 'adamw' },
  learningRate: 0.02,
  schedule: 'one-cycle',
})
