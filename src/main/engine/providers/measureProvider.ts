import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { Random } from '../../../shared/random'
import type { Batch } from '../../../shared/training/batch'
import type { ProviderSpeed } from '../../../shared/training/providerChoice'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import { compileInference } from '../compile/inferenceGraph'
import { compileTraining } from '../compile/trainingGraph'
import { describeParameters } from '../network/describeNetwork'
import { initializeParameters, type Parameters } from '../network/parameter'
import { Session } from '../runtime/session'
import { TrainingSession } from '../training/trainingSession'

/** How long a provider is watched at its work, in milliseconds, after a first run that compiles shaders and takes memory. */
const WATCHED_TRAINING_MS = 1000
const WATCHED_READING_MS = 300
const LEAST_RUNS = 2

/**
 * Trains and reads with a network on a provider, on noise, for about a second.
 *
 * It is the very network and batch size that are to be trained that should be measured: the smaller they are, the more of a
 * graphics card's time goes into being told what to do, so that a small network is often faster on the CPU.
 * @throws what ONNX Runtime says where the provider cannot do it
 */
export async function measureProvider(
  spec: ModelSpec,
  recipe: Recipe,
  provider: Provider,
): Promise<ProviderSpeed> {
  const start = initializeParameters(describeParameters(spec), recipe.seed)
  const stepMs = await measureSteps(spec, recipe, start, provider)
  return {
    stepMs,
    imagesPerSecond: (1000 * recipe.batchSize) / stepMs,
    readingMs: await measureReading(spec, start, provider),
    wholly: await Session.isWhollyOn(compileTraining(spec, recipe).model, provider),
  }
}

async function measureSteps(
  spec: ModelSpec,
  recipe: Recipe,
  start: Parameters,
  provider: Provider,
): Promise<number> {
  const session = await TrainingSession.create(spec, recipe, start, { provider })
  try {
    const batch = noiseBatch(spec, recipe)
    // Not the recipe's rate: on noise it may drive the weights into numbers that are slow to compute with.
    return await medianMs(() => session.step(batch, 1e-6), WATCHED_TRAINING_MS)
  } finally {
    await session.release()
  }
}

/** One character by itself, with the weights baked in. */
async function measureReading(spec: ModelSpec, start: Parameters, provider: Provider): Promise<number> {
  const session = await Session.create(compileInference(spec, start), { provider })
  try {
    const { width, height } = spec.input
    const pixels = { data: new Float32Array(width * height).fill(0.5), shape: [1, 1, height, width] }
    return await medianMs(() => session.run({ pixels }), WATCHED_READING_MS)
  } finally {
    await session.release()
  }
}

function noiseBatch(spec: ModelSpec, { batchSize, seed }: Recipe): Batch {
  const random = new Random(seed)
  const { width, height } = spec.input
  return {
    pixels: Float32Array.from({ length: batchSize * width * height }, () => random.uniform()),
    labels: Int32Array.from({ length: batchSize }, () => random.integer(outputCount(spec))),
    weights: new Float32Array(batchSize).fill(1),
    count: batchSize,
  }
}

/** Median time of a run, after one that does not count: the median, because other programs get their turns too. */
async function medianMs(run: () => Promise<unknown>, watchedMs: number): Promise<number> {
  await run()
  const times: number[] = []
  const began = performance.now()
  while (times.length < LEAST_RUNS || performance.now() - began < watchedMs) {
    const started = performance.now()
    await run()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? Number.NaN
}
