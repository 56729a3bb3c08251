import type { Batch } from '../../../shared/training/batch'
import type { Provider } from '../../../shared/training/recipe'
import type { NamedTensor } from '../model/safetensors'
import type { FloatTensor } from '../runtime/session'
import { loadTensorflow } from '../tensorflow/loadTensorflow'
import { TensorflowSession } from '../tensorflow/tensorflowSession'
import type { TrainingInput } from './trainingInput'
import { TrainingSession } from './trainingSession'

/** A network in training, whatever computes it; see TrainingSession. */
export interface TrainingEngine {
  step(batch: Batch, learningRate: number): Promise<number>
  weights(): Map<string, FloatTensor>
  snapshot(): Map<string, Float32Array>
  tensors(): NamedTensor[]
  isFinite(): boolean
  restore(steps: number, tensors: readonly NamedTensor[]): void
  release(): Promise<void>
}

/**
 * Opens what is to compute the steps.
 * @throws AppError 'provider-failed', 'tensorflow-missing', 'tensorflow-broken'
 */
export async function openTrainingEngine(
  { spec, recipe, start, skip = 0, tensorflowFolder = null }: TrainingInput,
  provider: Provider,
): Promise<TrainingEngine> {
  if (tensorflowFolder === null) return TrainingSession.create(spec, recipe, start, { provider, skip })
  return TensorflowSession.create(spec, recipe, start, await loadTensorflow(tensorflowFolder), skip)
}
