import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forkEngine } from '../../../src/main/engineProcess/host/forkEngine'
import { createServices } from '../../../src/main/services/createServices'
import { createInProcessClient } from '../../../src/main/services/inProcessClient'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { recipeSchema } from '../../../src/shared/training/recipe'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { builtFolder, repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

describe('training from the command line', () => {
  it('reaches 97.5% on MNIST with LeNet in one epoch from scratch', async () => {
    const folder = await temporaryFolder()
    const out = join(folder, 'x')
    const trained = await runBuiltLonghand([
      'train',
      '--spec',
      'lenet',
      '--data',
      'mnist',
      '--epochs',
      '1',
      '--out',
      out,
      '--json',
    ])
    expect(trained.stderr).toBe('')
    expect(trained.exitCode).toBe(0)
    const events = trained.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainingEvent)
    expect(events.at(0)?.event).toBe('started')
    expect(events.at(-1)).toMatchObject({
      event: 'done',
      path: out,
      reason: 'finished',
      metrics: { count: 3000 },
    })
    const evaluated = await runBuiltLonghand(['eval', '--model', out, '--data', 'mnist:test', '--json'])
    const { accuracy } = JSON.parse(evaluated.stdout) as { accuracy: number }
    expect(accuracy).toBeGreaterThanOrEqual(0.975)
  })
})

describe('a training in the engine process', () => {
  it('leaves the main process free, and keeps its best epoch when it is cancelled', async () => {
    const folder = await temporaryFolder()
    const log = recordingLog()
    const services = createServices({
      dataFolder: join(folder, 'data'),
      resourcesFolder: join(repositoryFolder, 'resources'),
      spawnEngine: forkEngine({ programFolder: builtFolder, log }),
      log,
      longhandVersion: '0.0.0',
      electronVersion: null,
    })
    try {
      const client = createInProcessClient(services.router)
      const outFolder = join(folder, 'model')
      const recipe = recipeSchema.parse({ epochs: 50, batchSize: 256, validation: 0.5 })
      const { job } = await client.training.start({ spec: 'lenet', data: 'mnist:test', outFolder, recipe })
      const delay = monitorEventLoopDelay({ resolution: 5 })
      let steps = 0
      const events: TrainingEvent[] = []
      for await (const event of await client.training.watch({ job })) {
        events.push(event)
        if (event.event === 'step' && ++steps === 2) delay.enable()
        if (event.event === 'epoch' && event.epoch === 2) {
          delay.disable()
          await client.training.cancel({ job })
        }
      }
      // A step of this training takes longer than that; a main process that waited for steps would show it at the median.
      expect(delay.percentile(50) / 1e6).toBeLessThan(20)
      expect(events.at(-1)).toMatchObject({ event: 'done', reason: 'cancelled', epochs: 2 })
      const card = await client.models.card({ model: outFolder })
      expect(modelCardSchema.parse(card).spec.classes).toEqual(
        Array.from({ length: 10 }, (_, digit) => String(digit)),
      )
    } finally {
      await services.close()
    }
  })
})
