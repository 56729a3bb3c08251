import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readWeights, writeModel } from '../../../src/main/engine/model/modelFolder'
import { countParameters, describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { train, type BestEpoch, type TrainingOutcome } from '../../../src/main/engine/training/trainer'
import { AppError } from '../../../src/shared/errors/appError'
import { modelCardSchema, type ModelCard } from '../../../src/shared/model/modelCard'
import { recipeSchema, type RecipeInput } from '../../../src/shared/training/recipe'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { tinyBatches, tinyHeldOut, tinySpec } from './tinyTask'

const infos = describeParameters(tinySpec)

interface Run {
  outcome: TrainingOutcome
  events: TrainingEvent[]
}

async function run(
  overrides: RecipeInput,
  options: { cancelAtStep?: number; best?: (best: BestEpoch) => void } = {},
): Promise<Run> {
  const recipe = recipeSchema.parse({ batchSize: 16, epochs: 3, learningRate: 0.02, ...overrides })
  const controller = new AbortController()
  const events: TrainingEvent[] = []
  const outcome = await train({
    spec: tinySpec,
    recipe,
    provider: 'cpu',
    start: initializeParameters(infos, recipe.seed),
    batches: tinyBatches(recipe.batchSize, 30),
    heldOut: tinyHeldOut(100),
    signal: controller.signal,
    emit: (event) => {
      events.push(event)
      if (event.event === 'step' && event.step === options.cancelAtStep) controller.abort()
    },
    onBest: (best) => Promise.resolve(options.best?.(best)),
  })
  return { outcome, events }
}

const losses = ({ events }: Run): number[] =>
  events.flatMap((event) => (event.event === 'step' ? [event.loss] : []))

describe('training', () => {
  it('learns a small task, with a moving average of the weights', async () => {
    const { outcome, events } = await run({ averaging: 0.9 })
    expect(outcome.reason).toBe('finished')
    expect(outcome.best?.metrics.accuracy).toBeGreaterThan(0.95)
    expect(events.filter((event) => event.event === 'epoch')).toHaveLength(3)
  })

  it('gives the same losses and weights bit for bit from the same seed, and others from another', async () => {
    const [first, second, other] = [
      await run({ epochs: 1 }),
      await run({ epochs: 1 }),
      await run({ epochs: 1, seed: 2 }),
    ]
    expect(losses(second)).toEqual(losses(first))
    expect(second.outcome.best?.parameters).toEqual(first.outcome.best?.parameters)
    expect(losses(other)).not.toEqual(losses(first))
  })

  it('stops between two steps when it is cancelled, and keeps the best epoch so far', async () => {
    const { outcome, events } = await run({}, { cancelAtStep: 40 })
    expect(outcome).toMatchObject({ reason: 'cancelled', epochs: 1, best: { epoch: 1 } })
    expect(losses({ outcome, events })).toHaveLength(40)
  })

  it('stops early when nothing gets better', async () => {
    const { outcome } = await run({ epochs: 50, patience: 2, learningRate: 1e-9, schedule: 'constant' })
    expect(outcome.reason).toBe('stopped-early')
    expect(outcome.epochs).toBeLessThan(50)
  })

  it('names the step at which the loss is no number any more', async () => {
    const failing = run({
      learningRate: 100,
      schedule: 'constant',
      optimizer: { type: 'sgd', momentum: 0.99 },
      l2: 1,
    })
    await expect(failing).rejects.toMatchObject({ code: 'loss-not-finite' })
  })
})

describe('a model folder', () => {
  let folder: string
  let card: ModelCard
  let best: BestEpoch

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longhand-model-'))
    const found: BestEpoch[] = []
    await run({ epochs: 1 }, { best: (epoch) => found.push(epoch) })
    const [first] = found
    if (!first) throw new Error('no epoch was kept')
    best = first
    card = modelCardSchema.parse({
      format: 1,
      name: 'bars',
      created: new Date(0).toISOString(),
      spec: tinySpec,
      recipe: recipeSchema.parse({}),
      provider: 'cpu',
      parameters: countParameters(tinySpec),
      parent: null,
      data: [],
      calibration: { temperature: 1, sureAt: 0.5, rejectAt: 0.5 },
      validation: best.metrics,
      command: '',
    })
    await writeModel(folder, card, infos, best.parameters)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('reads as the network in training did, its normalisation folded away', async () => {
    const { rasters } = tinyHeldOut(100)
    const recognizer = await Recognizer.load(folder, { provider: 'cpu' })
    const logits = await recognizer.logits(rasters)
    await recognizer.release()
    expect(logits).toHaveLength(best.logits.length)
    logits.forEach((logit, i) => expect(logit).toBeCloseTo(best.logits[i] ?? NaN, 3))
    const network = await readFile(join(folder, 'model.onnx'), 'latin1')
    expect(network).not.toContain('runningMean')
  })

  it('keeps the weights to train on', async () => {
    expect(await readWeights(folder)).toEqual(best.parameters)
  })

  const breakages: Record<string, () => Promise<void>> = {
    'whose network is cut in half': () => truncate(join(folder, 'model.onnx'), 500),
    'without a network': () => rm(join(folder, 'model.onnx')),
    'whose card is no JSON': () => writeFile(join(folder, 'card.json'), '{"format": 1,'),
    'whose card tells of other classes': () =>
      writeFile(
        join(folder, 'card.json'),
        JSON.stringify({ ...card, spec: { ...tinySpec, classes: ['a', 'b'] } }),
      ),
  }
  for (const [what, damage] of Object.entries(breakages)) {
    it(`is refused ${what}`, async () => {
      await damage()
      const error: unknown = await Recognizer.load(folder, { provider: 'cpu' }).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'model-broken', data: { folder } })
    })
  }
})
