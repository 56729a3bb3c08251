import { recipeSchema } from '../../../shared/training/recipe'
import { namedSpec } from '../../../shared/model/specs'
import { describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters } from '../../engine/network/parameter'
import { loadTensorflow } from '../../engine/tensorflow/loadTensorflow'
import { TensorflowSession } from '../../engine/tensorflow/tensorflowSession'
import type { EngineHandlers } from '../protocol/serve'

const BATCH = 8

/** Loads TensorFlow from where it was set up, and trains a step with it. */
export const checkTensorflow: EngineHandlers['checkTensorflow'] = async ({ folder }) => {
  const loaded = await loadTensorflow(folder)
  const spec = namedSpec('lenet', ['0', '1'])
  const recipe = recipeSchema.parse({ batchSize: BATCH })
  const start = initializeParameters(describeParameters(spec), 1)
  const session = TensorflowSession.create(spec, recipe, start, loaded)
  try {
    const { width, height } = spec.input
    const batch = {
      pixels: Float32Array.from({ length: BATCH * width * height }, (_, i) => (i % 7 === 0 ? 1 : 0)),
      labels: Int32Array.from({ length: BATCH }, (_, i) => i % 2),
      weights: new Float32Array(BATCH).fill(1),
      count: BATCH,
    }
    const started = performance.now()
    const loss = await session.step(batch, 1e-3)
    const stepMs = performance.now() - started
    if (!Number.isFinite(loss)) throw new Error(`a step gave a loss of ${loss}`)
    const { version, device } = loaded
    return { version, device, stepMs, memoryBytes: process.memoryUsage.rss() }
  } finally {
    await session.release()
  }
}
