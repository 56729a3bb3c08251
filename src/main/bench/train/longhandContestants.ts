import type { Batch } from '../../../shared/training/batch'
import { compileEvaluation } from '../../engine/compile/evaluationGraph'
import { compileInference } from '../../engine/compile/inferenceGraph'
import { stateKey } from '../../engine/compile/stateKey'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters } from '../../engine/network/parameter'
import { channelBlock } from '../../engine/runtime/channelBlock'
import { Session, type HostTensors } from '../../engine/runtime/session'
import { loadTensorflow } from '../../engine/tensorflow/loadTensorflow'
import { TensorflowSession } from '../../engine/tensorflow/tensorflowSession'
import type { TrainingEngine } from '../../engine/training/openTrainingEngine'
import { TrainingSession } from '../../engine/training/trainingSession'
import { measureBatches, type Contestant } from '../contestant'
import { referenceRecipe, referenceSpec } from './referenceTask'

const { batchSize, learningRate, seed } = referenceRecipe
const infos = describeParameters(referenceSpec)
const startValues = initializeParameters(infos, seed)

/** Whole training steps on ONNX Runtime: forward, backward, update. */
export async function createTraining(batches: readonly Batch[], threads: number): Promise<Contestant> {
  const session = await TrainingSession.create(referenceSpec, referenceRecipe, startValues, {
    provider: 'cpu',
    threads,
  })
  return contest(session, batches)
}

/**
 * The same on TensorFlow, which takes its number of threads when it is loaded.
 * @param folder of its set-up
 */
export async function createTensorflow(
  batches: readonly Batch[],
  threads: number,
  folder: string,
): Promise<Contestant & { readonly version: string; readonly device: 'cpu' | 'gpu' }> {
  process.env.TF_NUM_INTRAOP_THREADS = String(threads)
  const loaded = await loadTensorflow(folder)
  const session = TensorflowSession.create(referenceSpec, referenceRecipe, startValues, loaded)
  const { version, device } = loaded
  return { ...contest(session, batches), version, device }
}

function contest(session: TrainingEngine, batches: readonly Batch[]): Contestant {
  const next = inTurn(batches)
  return {
    work: (seconds) =>
      measureBatches(batchSize, seconds, async () => {
        const loss = await session.step(next(), learningRate)
        if (!Number.isFinite(loss)) throw new Error('the training went astray')
      }),
    close: () => session.release(),
  }
}

/** The network alone, as it recognises: its weights are part of the model. */
export function createForward(batches: readonly Batch[], threads: number): Promise<Contestant> {
  return createNetwork(compileInference(referenceSpec, startValues), {}, batches, threads)
}

/** The network alone, as a training evaluates it: its weights are fed, as they are to a training step. */
export async function createFedForward(batches: readonly Batch[], threads: number): Promise<Contestant> {
  const model = compileEvaluation(referenceSpec, batchSize, await channelBlock('cpu'))
  const weights = Object.fromEntries(
    infos.map(({ name, shape }) => [
      stateKey('weights', name),
      { data: startValues.get(name) ?? new Float32Array(), shape },
    ]),
  )
  return createNetwork(model, weights, batches, threads)
}

async function createNetwork(
  model: Uint8Array,
  weights: HostTensors,
  batches: readonly Batch[],
  threads: number,
): Promise<Contestant> {
  const session = await Session.create(model, { provider: 'cpu', threads })
  const { width, height } = referenceSpec.input
  const next = inTurn(batches)
  return {
    work: (seconds) =>
      measureBatches(batchSize, seconds, async () => {
        await session.run({
          pixels: { data: next().pixels, shape: [batchSize, 1, height, width] },
          ...weights,
        })
      }),
    close: () => session.release(),
  }
}

function inTurn(batches: readonly Batch[]): () => Batch {
  let index = 0
  return () => {
    const batch = batches[index++ % batches.length]
    if (!batch) throw new Error('there are no batches')
    return batch
  }
}
