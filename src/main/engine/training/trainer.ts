import { isAppError } from '../../../shared/errors/appError'
import type { Provider } from '../../../shared/training/recipe'
import type { TrainingCheckpoint } from './trainingCheckpoint'
import type { TrainingInput, TrainingOutcome } from './trainingInput'
import { TrainingRun } from './trainingRun'

/**
 * Trains a network epoch by epoch and keeps the epoch that does best on held-out samples, or the last. Cancelling stops
 * between two steps. On the CPU of one machine, a training that was interrupted and goes on from its checkpoint ends with
 * the same bits as one that was not. A provider that fails, or TensorFlow, gives
 * way to ONNX Runtime on the CPU, once, at the last checkpoint.
 * @throws AppError 'loss-not-finite', 'file-unwritable' where the model cannot be written at the end, 'checkpoint-broken',
 * 'tensorflow-missing', 'tensorflow-broken'
 */
export async function train(input: TrainingInput): Promise<TrainingOutcome> {
  const { provider, tensorflowFolder = null, checkpoints, emit } = input
  try {
    return await runOn(provider, input, input.from ?? null)
  } catch (error) {
    if (!isAppError(error, 'provider-failed')) throw error
    const from = tensorflowFolder === null ? provider : 'tensorflow'
    emit({ event: 'provider-changed', from, to: 'cpu', reason: error.data.detail })
    const last = (await checkpoints.latest()) ?? input.from ?? null
    return runOn('cpu', { ...input, tensorflowFolder: null }, last)
  }
}

async function runOn(
  provider: Provider,
  input: TrainingInput,
  from: TrainingCheckpoint | null,
): Promise<TrainingOutcome> {
  const run = await TrainingRun.open(input, provider, from)
  try {
    return await run.run()
  } finally {
    await run.release()
  }
}
