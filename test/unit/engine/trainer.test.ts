import { afterEach, describe, expect, it, vi } from 'vitest'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { Session } from '../../../src/main/engine/runtime/session'
import type { KeptEpoch } from '../../../src/main/engine/training/keptEpoch'
import { AppError } from '../../../src/shared/errors/appError'
import type { RecipeInput } from '../../../src/shared/training/recipe'
import { checkpointsInMemory, tinySpec } from './tinyTask'
import { epochsOf, lossesOf, trainTiny, type TinyOptions, type TinyRun } from './trainTiny'

const cancelAt =
  (step: number): NonNullable<TinyOptions['on']> =>
  (event, controls) => {
    if (event.event === 'step' && event.step === step) controls.cancel()
  }

describe('training', () => {
  it('learns a small task, with a moving average of the weights', async () => {
    const { outcome, events } = await trainTiny({ averaging: 0.9 })
    expect(outcome.reason).toBe('finished')
    expect(outcome.kept?.metrics.accuracy).toBeGreaterThan(0.95)
    expect(epochsOf(events)).toHaveLength(3)
  })

  it('gives the same losses and weights bit for bit from the same seed, and others from another', async () => {
    const [first, second, other] = [
      await trainTiny({ epochs: 1 }),
      await trainTiny({ epochs: 1 }),
      await trainTiny({ epochs: 1, seed: 2 }),
    ]
    expect(lossesOf(second)).toEqual(lossesOf(first))
    expect(second.outcome.kept?.parameters).toEqual(first.outcome.kept?.parameters)
    expect(lossesOf(other)).not.toEqual(lossesOf(first))
  })

  it('stops between two steps when it is cancelled, and keeps the best epoch so far', async () => {
    const run = await trainTiny({}, { on: cancelAt(40) })
    expect(run.outcome).toMatchObject({ reason: 'cancelled', epochs: 1, kept: { epoch: 1 } })
    expect(lossesOf(run)).toHaveLength(40)
  })

  it('stops early when nothing gets better', async () => {
    const { outcome } = await trainTiny({
      epochs: 50,
      patience: 2,
      learningRate: 1e-9,
      schedule: 'constant',
    })
    expect(outcome.reason).toBe('stopped-early')
    expect(outcome.epochs).toBeLessThan(50)
  })

  it('keeps the epoch that is best by what the recipe watches, or the last', async () => {
    // A rate that climbs out of all reason: the epochs get better, and then much worse.
    const recipe: RecipeInput = { epochs: 4, schedule: 'constant', learningRate: 3, warmUp: 4 }
    const byLoss = await trainTiny({ ...recipe, monitor: 'loss' })
    const losses = epochsOf(byLoss.events).map(({ validationLoss }) => validationLoss)
    expect(byLoss.outcome.kept?.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1)
    expect(byLoss.outcome.kept?.epoch).toBeLessThan(4)
    const last = await trainTiny({ ...recipe, monitor: 'loss', keep: 'last' })
    expect(last.outcome.kept?.epoch).toBe(4)
  })
})

describe('a training that was interrupted', () => {
  const recipe: RecipeInput = { averaging: 0.9, l2: 1e-4, labelSmoothing: 0.1 }

  async function resume(interrupted: TinyRun, overrides: RecipeInput = {}): Promise<TinyRun> {
    const from = interrupted.checkpoints.at(-1)
    if (!from) throw new Error('no checkpoint was written')
    return trainTiny({ ...recipe, ...overrides }, { from })
  }

  it.each([1, 17, 30, 31, 60, 89, 90])(
    'after step %i goes on to the same losses, epochs, weights and metrics, bit for bit',
    async (step) => {
      const whole = await trainTiny(recipe)
      const interrupted = await trainTiny(recipe, { on: cancelAt(step) })
      const rest = await resume(interrupted)
      expect(lossesOf(rest)).toEqual(lossesOf(whole).slice(step))
      expect(epochsOf([...interrupted.events, ...rest.events])).toEqual(epochsOf(whole.events))
      expect(rest.outcome).toEqual(whole.outcome)
      const state = (run: TinyRun) => run.checkpoints.at(-1)?.tensors
      expect(state(rest)).toEqual(state(whole))
    },
  )

  it('goes on with the layers that it leaves as they are', async () => {
    const frozen: RecipeInput = { ...recipe, freeze: ['conv2d1', 'residual1'] }
    const whole = await trainTiny(frozen)
    const interrupted = await trainTiny(frozen, { on: cancelAt(40) })
    const rest = await resume(interrupted, frozen)
    expect(rest.outcome).toEqual(whole.outcome)
    const weight = (run: TinyRun) => run.outcome.kept?.parameters.get('conv2d1.weight')
    const start = initializeParameters(describeParameters(tinySpec), 1)
    expect(weight(rest)).toEqual(start.get('conv2d1.weight'))
  })

  it('and had finished already has nothing left to do but to write its model', async () => {
    const whole = await trainTiny(recipe)
    const written: KeptEpoch[] = []
    const from = whole.checkpoints.at(-1)
    const again = await trainTiny(recipe, {
      ...(from && { from }),
      writeModel: (kept) => Promise.resolve(void written.push(kept)),
    })
    expect(lossesOf(again)).toEqual([])
    expect(written).toEqual([whole.outcome.kept])
  })

  it('is refused by another network', async () => {
    const interrupted = await trainTiny(recipe, { on: cancelAt(3) })
    await expect(resume(interrupted, { optimizer: { type: 'sgd' }, averaging: 0 })).resolves.toBeDefined()
    const other = await trainTiny({ averaging: 0 }, { on: cancelAt(3) })
    await expect(resume(other)).rejects.toMatchObject({
      code: 'checkpoint-broken',
      data: { folder: 'memory' },
    })
  })
})

describe('a training that is paused', () => {
  it('waits after the step, with a checkpoint, and then goes on as if nothing had been', async () => {
    const whole = await trainTiny({ epochs: 1 })
    const paused = await trainTiny(
      { epochs: 1 },
      {
        on: (event, { gate }) => {
          if (event.event === 'step' && event.step === 10) gate.close()
          if (event.event === 'paused') setTimeout(() => gate.open(), 20)
        },
      },
    )
    const names = paused.events.map((event) => event.event)
    const at = names.indexOf('paused')
    expect(names.slice(at - 3, at + 3)).toEqual([
      'step',
      'checkpoint',
      'checkpoint',
      'paused',
      'resumed',
      'step',
    ])
    expect(paused.events[at]).toMatchObject({ step: 10 })
    expect(lossesOf(paused)).toEqual(lossesOf(whole))
    expect(paused.outcome).toEqual(whole.outcome)
  })

  it('can be cancelled meanwhile', async () => {
    const { outcome, events } = await trainTiny(
      {},
      {
        on: (event, controls) => {
          if (event.event === 'step' && event.step === 5) controls.gate.close()
          if (event.event === 'paused') setTimeout(() => controls.cancel(), 20)
        },
      },
    )
    expect(outcome.reason).toBe('cancelled')
    expect(lossesOf({ events })).toHaveLength(5)
  })
})

describe('a training that goes astray', () => {
  const recipe: RecipeInput = {
    learningRate: 100,
    schedule: 'constant',
    optimizer: { type: 'sgd', momentum: 0.99 },
    l2: 1,
  }

  it('names the step and the rate, and leaves a checkpoint to go on from with a lower one', async () => {
    const checkpoints = checkpointsInMemory()
    let steps = 0
    const count: TinyOptions['on'] = (event) => {
      if (event.event === 'step') steps = event.step
    }
    const failure = await trainTiny(recipe, { checkpoints, on: count }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(AppError)
    const { code, data } = failure as AppError<'loss-not-finite'>
    expect(code).toBe('loss-not-finite')
    expect(data).toMatchObject({ learningRate: 100, lowerRate: 25, folder: 'memory' })
    expect(data.step - steps).toBeLessThanOrEqual(1)
    const { written } = checkpoints
    expect(written.length).toBeGreaterThan(1)
    for (const { tensors } of written) {
      for (const { data: values } of tensors) expect(values.every(Number.isFinite)).toBe(true)
    }
    const first = written[0]
    const again = await trainTiny(
      { ...recipe, learningRate: 0.01, l2: 0, optimizer: { type: 'sgd', momentum: 0.5 } },
      first ? { from: first } : {},
    )
    expect(again.outcome.reason).toBe('finished')
  })
})

describe('a provider that fails', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('where it is not there at all gives way to the CPU at the start', async () => {
    // No machine has both.
    const provider = process.platform === 'darwin' ? 'dml' : 'coreml'
    const whole = await trainTiny({ epochs: 1 })
    const { outcome, events } = await trainTiny({ epochs: 1 }, { provider })
    expect(events[0]).toMatchObject({ event: 'provider-changed', from: provider, to: 'cpu' })
    expect(outcome).toEqual(whole.outcome)
  })

  it('on the way gives way to the CPU at the last checkpoint, and tells the model what computed it', async () => {
    const whole = await trainTiny({})
    // A device cannot be lost at will: the real session of the CPU stands in for it, and fails once.
    const create = Session.create.bind(Session)
    vi.spyOn(Session, 'create').mockImplementation((model) => create(model, { provider: 'cpu' }))
    let runs = 0
    const run = Object.getOwnPropertyDescriptor(Session.prototype, 'run')?.value as Session['run']
    vi.spyOn(Session.prototype, 'run').mockImplementation(function (this: Session, ...args) {
      if (++runs === 42) return Promise.reject(new Error('the device was lost'))
      return run.apply(this, args)
    })
    const providers: string[] = []
    const { outcome, events } = await trainTiny(
      {},
      {
        provider: 'webgpu',
        writeModel: (_, provider) => Promise.resolve(void providers.push(provider)),
      },
    )
    const changes = events.filter((event) => event.event === 'provider-changed')
    expect(changes).toEqual([
      { event: 'provider-changed', from: 'webgpu', to: 'cpu', reason: 'the device was lost' },
    ])
    expect(outcome).toEqual(whole.outcome)
    expect(lossesOf({ events })).toEqual(lossesOf(whole))
    expect(providers[0]).toBe('webgpu')
    expect(providers.at(-1)).toBe('cpu')
  })
})
