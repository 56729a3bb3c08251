import { isAppError } from '../../../shared/errors/appError'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import { renderDataset } from '../../data/renderDataset'
import { subset } from '../../data/selectSamples'
import { stateKey } from '../../engine/compile/stateKey'
import type { CheckpointFolder } from '../../engine/model/checkpointFolder'
import { writeModel } from '../../engine/model/modelFolder'
import { countParameters, describeParameters } from '../../engine/network/describeNetwork'
import type { Parameters } from '../../engine/network/parameter'
import type { PauseGate } from '../../engine/training/pauseGate'
import { train } from '../../engine/training/trainer'
import type { CheckpointStore, TrainingCheckpoint } from '../../engine/training/trainingCheckpoint'
import type { HeldOut } from '../../engine/training/trainingInput'
import type { EngineContract } from '../contract'
import { writeReplay } from '../teaching/makeReplay'
import { describeModel } from './describeModel'
import { openBatches } from './openBatches'
import { pickTargets } from './targets'
import type { TrainingData } from './trainingData'
import { currentRecipe, type CheckpointContent, type TrainingJob } from './trainingJob'

export interface RunContext {
  readonly signal: AbortSignal
  readonly emit: (event: TrainingEvent) => void
  readonly gate: PauseGate
  /** The built augmentWorker.js. */
  readonly workerFile: string
  /** Where TensorFlow is set up, or would be. */
  readonly tensorflowFolder: string
}

export interface RunInput {
  readonly job: TrainingJob
  readonly data: TrainingData
  readonly start: Parameters
  /** To go on from; `start` then holds its weights. */
  readonly from?: TrainingCheckpoint
  readonly checkpoints: CheckpointFolder<CheckpointContent>
}

/** Runs a training to its end, with the model in the folder of its checkpoints, which are gone once it has finished. */
export async function runTraining(
  { job, data, start, from, checkpoints }: RunInput,
  { signal, emit, gate, workerFile, tensorflowFolder }: RunContext,
): Promise<EngineContract['train']['output']> {
  const started = performance.now()
  const { spec, training } = data
  const { folder } = checkpoints
  const recipe = currentRecipe(job)
  const heldOut = renderHeldOut(data)
  const { batches, skip } = await openBatches(data, recipe, from ? weightsOf(from) : start, {
    provider: job.provider,
    signal,
    workerFile,
  })
  try {
    emit({
      event: 'started',
      engine: job.engine,
      provider: job.provider,
      parameters: countParameters(spec),
      trainingSamples: training.indices.length,
      validationSamples: data.heldOut.indices.length,
      epochs: recipe.epochs,
      stepsPerEpoch: batches.stepsPerEpoch,
      stepsDone: from?.position.step ?? 0,
    })
    for (const epoch of from?.position.history ?? []) emit(epoch)
    const outcome = await train({
      spec,
      recipe,
      provider: job.provider,
      tensorflowFolder: job.engine === 'tensorflow' ? tensorflowFolder : null,
      start,
      from,
      batches,
      skip,
      heldOut,
      checkpoints: storeOf(job, checkpoints, emit),
      checkpointSeconds: job.checkpointSeconds,
      signal,
      gate,
      emit,
      writeModel: (kept, provider) =>
        writeModel(
          folder,
          describeModel(job, data, heldOut.truth, kept, provider),
          describeParameters(spec),
          kept.parameters,
        ),
    })
    if (outcome.reason !== 'cancelled') await addReplay(folder, data, recipe.seed, emit)
    // One that stays costs nothing but space: who resumes it finds nothing left to do.
    if (outcome.reason !== 'cancelled') await checkpoints.remove().catch(() => undefined)
    return {
      event: 'done',
      path: folder,
      reason: outcome.reason,
      epochs: outcome.epochs,
      seconds: (performance.now() - started) / 1000,
      metrics: outcome.kept?.metrics ?? null,
    }
  } finally {
    gate.open()
    await batches.close()
  }
}

/** What a model is taught with later; it reads as well without. */
async function addReplay(
  folder: string,
  data: TrainingData,
  seed: number,
  emit: (event: TrainingEvent) => void,
): Promise<void> {
  // What reads texts is not taught by single characters.
  if (data.spec.text) return
  try {
    await writeReplay(folder, data.spec, data, seed)
  } catch (error) {
    if (!isAppError(error, 'file-unwritable')) throw error
    emit({ event: 'warning', about: 'model-unwritable', detail: error.data.detail })
  }
}

function renderHeldOut({ spec, heldOut: { dataset, indices, classIndex } }: TrainingData): HeldOut {
  return {
    rasters: renderDataset(subset(dataset, indices), spec.input),
    truth: pickTargets(classIndex, indices, spec),
  }
}

function weightsOf({ tensors }: TrainingCheckpoint): Parameters {
  const prefix = stateKey('weights', '')
  return new Map(
    tensors.flatMap(({ name, data }) => (name.startsWith(prefix) ? [[name.slice(prefix.length), data]] : [])),
  )
}

/** The training's place among a folder's checkpoints, with what the training is in each of them. */
function storeOf(
  job: TrainingJob,
  checkpoints: CheckpointFolder<CheckpointContent>,
  emit: (event: TrainingEvent) => void,
): CheckpointStore {
  return {
    folder: checkpoints.folder,
    write: ({ position, tensors }) => checkpoints.write({ job, position }, tensors),
    latest: async () => {
      try {
        const { content, tensors } = await checkpoints.read((detail) =>
          emit({ event: 'warning', about: 'checkpoint-damaged', detail }),
        )
        return { position: content.position, tensors }
      } catch (error) {
        if (isAppError(error, 'checkpoint-missing')) return null
        throw error
      }
    },
  }
}
