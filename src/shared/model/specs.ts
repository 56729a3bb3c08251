import { AppError } from '../errors/appError'
import { modelSpecSchema, type ModelInput, type ModelSpec, type ModelSpecInput } from './modelSpec'

type Layers = ModelSpecInput['layers']

/** MNIST's own recipe, with a pen as wide as its digits are drawn on average. */
const mnistInput: ModelInput = {
  width: 28,
  height: 28,
  raster: { box: 20, penWidth: 2, centre: 'mass' },
}

const convolution = (filters: number, padding: 'same' | 'valid' = 'same'): Layers => [
  { type: 'conv2d', filters, kernel: 3, padding, bias: false },
  { type: 'batchNorm' },
  { type: 'relu' },
]

/** The networks that can be trained by name, without their classes: those come from the data. */
const specs: Readonly<Record<string, { layers: Layers; rejects: boolean }>> = {
  /** LeNet-5 (LeCun et al. 1998) with today's activations and pooling. */
  lenet: {
    rejects: false,
    layers: [
      { type: 'conv2d', filters: 6, kernel: 5 },
      { type: 'relu' },
      { type: 'maxPool', size: 2 },
      { type: 'conv2d', filters: 16, kernel: 5, padding: 'valid' },
      { type: 'relu' },
      { type: 'maxPool', size: 2 },
      { type: 'dense', units: 120 },
      { type: 'relu' },
      { type: 'dense', units: 84 },
      { type: 'relu' },
    ],
  },
  /**
   * Three stages of two convolutions, as VGG has them. The first two do without padding: what lies at the edge is paper, and
   * leaving it out halves the work.
   */
  compact: {
    rejects: true,
    layers: [
      ...convolution(32, 'valid'),
      ...convolution(32, 'valid'),
      { type: 'maxPool', size: 2 },
      ...convolution(64, 'valid'),
      ...convolution(64, 'valid'),
      { type: 'maxPool', size: 2 },
      ...convolution(112),
      ...convolution(112),
      { type: 'globalAveragePool' },
      { type: 'dropout', rate: 0.2 },
    ],
  },
}

export const specNames: readonly string[] = Object.keys(specs)

/**
 * A shipped network for the given classes.
 * @throws AppError 'spec-unknown'
 */
export function namedSpec(name: string, classes: readonly string[]): ModelSpec {
  const spec = specs[name]
  if (!spec) throw new AppError('spec-unknown', { name, known: specNames.join(', ') })
  return modelSpecSchema.parse({ name, input: mnistInput, classes, ...spec })
}
