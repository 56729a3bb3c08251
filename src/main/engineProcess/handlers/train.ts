import { basename } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { stateKey } from '../../engine/compile/stateKey'
import { CheckpointFolder } from '../../engine/model/checkpointFolder'
import { messageOf } from '../../engine/model/messageOf'
import { readCard, readWeights } from '../../engine/model/modelFolder'
import type { NamedTensor } from '../../engine/model/safetensors'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters, type Parameters } from '../../engine/network/parameter'
import { transferParameters } from '../../engine/network/transferParameters'
import { PauseGate } from '../../engine/training/pauseGate'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { runTraining } from './runTraining'
import { openTrainingData } from './trainingData'
import { currentRecipe, parseCheckpointContent, type TrainingJob } from './trainingJob'

type Handlers = Pick<EngineHandlers, 'train' | 'resumeTraining' | 'pauseTraining'>

/**
 * Trains a model from random weights, from another model's, or from the checkpoint of a training that was interrupted. An
 * engine process does one training at a time.
 */
export function trainHandlers(workerFile: string): Handlers {
  const gate = new PauseGate()
  return {
    train: async (input, { signal, emit }) => {
      const { recipe, engine, provider, fromFolder, name, command, checkpointSeconds } = input
      const data = await openTrainingData(input.spec, input.data, recipe, signal)
      const { spec, fingerprint } = data
      // By its folder, as models are asked for: two cards may bear one name.
      const parent = fromFolder === null ? null : basename(fromFolder)
      const job: TrainingJob = {
        ...{ name, spec, data: input.data, fingerprint, recipe, history: [], engine, provider },
        ...{ parent, checkpointSeconds, command },
      }
      const start =
        fromFolder === null
          ? initializeParameters(describeParameters(spec), recipe.seed)
          : await readStart(fromFolder, spec, recipe.seed)
      const checkpoints = new CheckpointFolder(input.outFolder, parseCheckpointContent)
      const { tensorflowFolder } = input
      return runTraining(
        { job, data, start, checkpoints },
        { signal, emit, gate, workerFile, tensorflowFolder },
      )
    },

    resumeTraining: async (input, { signal, emit }) => {
      const { folder } = input
      const checkpoints = new CheckpointFolder(folder, parseCheckpointContent)
      const { content, tensors } = await checkpoints.read((detail) =>
        emit({ event: 'warning', about: 'checkpoint-damaged', detail }),
      )
      const { position } = content
      const job = changeJob(content.job, input, position.step)
      const data = await openTrainingData(job.spec, job.data, job.recipe, signal)
      if (data.fingerprint !== job.fingerprint) {
        throw new AppError('data-changed', { data: job.data, folder })
      }
      const from = { position, tensors }
      return runTraining(
        { job, data, start: weightsOf(tensors), from, checkpoints },
        { signal, emit, gate, workerFile, tensorflowFolder: input.tensorflowFolder },
      )
    },

    pauseTraining: ({ paused }) => {
      if (paused) gate.close()
      else gate.open()
      return Promise.resolve(null)
    },
  }
}

/** The weights of a session's state. */
function weightsOf(tensors: readonly NamedTensor[]): Parameters {
  const prefix = stateKey('weights', '')
  return new Map(
    tensors
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, data }) => [name.slice(prefix.length), data]),
  )
}

/** The job with what is to be different from this step on. */
function changeJob(
  job: TrainingJob,
  { learningRate, epochs, engine, provider }: EngineContract['resumeTraining']['input'],
  step: number,
): TrainingJob {
  const now = currentRecipe(job)
  const change = { step, learningRate: learningRate ?? now.learningRate, epochs: epochs ?? now.epochs }
  const isSame = change.learningRate === now.learningRate && change.epochs === now.epochs
  return {
    ...job,
    engine: engine ?? job.engine,
    provider: provider ?? job.provider,
    history: isSame ? job.history : [...job.history, change],
  }
}

/**
 * The weights of another model, for a network that differs in its classes at most.
 * @throws AppError 'model-broken'
 */
async function readStart(folder: string, spec: ModelSpec, seed: number): Promise<Parameters> {
  const { spec: parentSpec } = await readCard(folder)
  const parameters = await readWeights(folder)
  try {
    return transferParameters({ spec: parentSpec, parameters }, spec, seed)
  } catch (error) {
    throw new AppError('model-broken', { folder, detail: messageOf(error) }, { cause: error })
  }
}
