import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { forkEngine } from '../../../src/main/engineProcess/host/forkEngine'
import { createServices } from '../../../src/main/services/createServices'
import { createInProcessClient } from '../../../src/main/services/inProcessClient'
import type { Client } from '../../../src/shared/contract/client'
import { toAppError } from '../../../src/shared/contract/clientError'
import type { TensorflowSetupEvent, TensorflowSource } from '../../../src/shared/contract/tensorflow'
import { recipeSchema } from '../../../src/shared/training/recipe'
import { tensorflowSetupSchema } from '../../../src/shared/training/tensorflowSetup'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { builtFolder, repositoryFolder } from '../../fixtures/cli/builtLonghand'
import { recordingLog } from '../../fixtures/recordingLog'
import { temporaryFolder } from '../../fixtures/temporaryFolder'
import { requireTensorflow, tensorflowFolder } from '../../unit/engine/tensorflowFolder'

async function withClient(dataFolder: string, work: (client: Client) => Promise<void>): Promise<void> {
  const log = recordingLog()
  const services = createServices({
    dataFolder,
    resourcesFolder: join(repositoryFolder, 'resources'),
    spawnEngine: forkEngine({ programFolder: builtFolder, log }),
    log,
    longhandVersion: '1.2.3',
    electronVersion: null,
  })
  try {
    await work(createInProcessClient(services.router))
  } finally {
    await services.close()
  }
}

async function setUp(client: Client, source: TensorflowSource): Promise<TensorflowSetupEvent[]> {
  const events: TensorflowSetupEvent[] = []
  try {
    for await (const event of await client.tensorflow.setup({ source })) events.push(event)
  } catch (error) {
    throw toAppError(error)
  }
  return events
}

/** The package as npm would have installed it with a libtensorflow of its own, made of links to the one that is set up. */
async function installedPackage(context: TestContext): Promise<string> {
  await requireTensorflow(context)
  const setup = tensorflowSetupSchema.parse(
    JSON.parse(await readFile(join(tensorflowFolder, 'setup.json'), 'utf8')),
  )
  const modules = join(await temporaryFolder(), 'node_modules/@tensorflow')
  const folder = join(modules, 'tfjs-node')
  const from = join(tensorflowFolder, setup.package)
  await mkdir(join(folder, 'lib/napi-v8'), { recursive: true })
  for (const name of ['package.json', 'dist']) await symlink(join(from, name), join(folder, name))
  await symlink(join(dirname(from), 'tfjs'), join(modules, 'tfjs'))
  await symlink(join(tensorflowFolder, setup.addon), join(folder, 'lib/napi-v8/tfjs_binding.node'))
  return folder
}

async function trainUntil(
  client: Client,
  job: string,
  isEnough: (event: TrainingEvent) => boolean,
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  try {
    for await (const event of await client.training.watch({ job })) {
      events.push(event)
      if (isEnough(event)) await client.training.cancel({ job })
    }
  } catch (error) {
    throw toAppError(error)
  }
  return events
}

describe('setting TensorFlow up', () => {
  it('tries it in an engine process, puts it in its place, and takes it away again', async (context) => {
    const folder = await installedPackage(context)
    const dataFolder = await temporaryFolder()
    await withClient(dataFolder, async (client) => {
      expect(await client.tensorflow.status()).toMatchObject({ setup: null })
      const events = await setUp(client, { from: 'package', folder })
      expect(events[0]).toEqual({ event: 'step', step: 'verify' })
      expect(events.at(-1)).toMatchObject({
        event: 'done',
        folder: join(dataFolder, 'tensorflow'),
        report: { version: expect.stringMatching(/^2\./) as string },
      })
      expect(await client.tensorflow.status()).toMatchObject({
        setup: { source: expect.stringContaining(folder) as string },
      })
      expect(await readdir(dataFolder)).toEqual(['tensorflow'])
      await client.tensorflow.remove()
      expect(await readdir(dataFolder)).toEqual([])
      await client.tensorflow.remove()
    })
  })

  it('leaves nothing of one that does not work, and what was there as it was', async (context) => {
    const good = await installedPackage(context)
    const broken = await temporaryFolder()
    await mkdir(join(broken, 'lib/napi-v8'), { recursive: true })
    await writeFile(join(broken, 'package.json'), '{"name": "@tensorflow/tfjs-node"}')
    await writeFile(join(broken, 'lib/napi-v8/tfjs_binding.node'), 'no library')
    const dataFolder = await temporaryFolder()
    await withClient(dataFolder, async (client) => {
      const fails = { code: 'tensorflow-broken' }
      await expect(setUp(client, { from: 'package', folder: broken })).rejects.toMatchObject(fails)
      expect(await readdir(dataFolder)).toEqual([])
      await setUp(client, { from: 'package', folder: good })
      const before = await client.tensorflow.status()
      await expect(setUp(client, { from: 'package', folder: broken })).rejects.toMatchObject(fails)
      expect(await client.tensorflow.status()).toEqual(before)
      expect(await readdir(dataFolder)).toEqual(['tensorflow'])
    })
  })

  it('leaves nothing when it is left half-way', async (context) => {
    const folder = await installedPackage(context)
    const dataFolder = await temporaryFolder()
    await withClient(dataFolder, async (client) => {
      const events = await client.tensorflow.setup({ source: { from: 'package', folder } })
      await events.next()
      await events.return()
      expect(await readdir(dataFolder)).toEqual([])
      expect(await client.tensorflow.status()).toMatchObject({ setup: null })
    })
  })
})

describe('training with TensorFlow', () => {
  it('can be interrupted and gone on with on ONNX Runtime', async (context) => {
    await requireTensorflow(context)
    const folder = await temporaryFolder()
    const dataFolder = join(folder, 'data')
    await mkdir(dataFolder)
    await symlink(tensorflowFolder, join(dataFolder, 'tensorflow'))
    const outFolder = join(folder, 'model')
    await withClient(dataFolder, async (client) => {
      const recipe = recipeSchema.parse({ epochs: 2, batchSize: 64, validation: 0.5, learningRate: 2e-3 })
      const begun = await client.training.start({
        ...{ spec: 'lenet', data: 'mnist:test', outFolder, recipe, engine: 'tensorflow', provider: 'cpu' },
      })
      const first = await trainUntil(
        client,
        begun.job,
        (event) => event.event === 'step' && event.step === 90,
      )
      expect(first[0]).toMatchObject({ event: 'started', engine: 'tensorflow' })
      expect(first.at(-1)).toMatchObject({ event: 'done', reason: 'cancelled' })
      const resumed = await client.training.resumeFrom({ folder: outFolder, engine: 'onnx' })
      const second = await trainUntil(client, resumed.job, () => false)
      expect(second[0]).toMatchObject({
        event: 'started',
        engine: 'onnx',
        stepsDone: expect.any(Number) as number,
      })
      const done = second.at(-1)
      expect(done).toMatchObject({ event: 'done', reason: 'finished', epochs: 2 })
      if (done?.event === 'done') expect(done.metrics?.accuracy).toBeGreaterThan(0.9)
      const card = await client.models.card({ model: outFolder })
      expect(card.engine).toBe('onnx')
    })
  })

  it('is refused at once where TensorFlow was never set up', async () => {
    const folder = await temporaryFolder()
    await withClient(folder, async (client) => {
      const outFolder = join(folder, 'model')
      const { job } = await client.training.start({
        spec: 'lenet',
        data: 'mnist:test',
        outFolder,
        engine: 'tensorflow',
      })
      await expect(trainUntil(client, job, () => false)).rejects.toMatchObject({ code: 'tensorflow-missing' })
    })
  })
})
