import { access, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { createInProcessClient } from '../../../src/main/services/inProcessClient'
import { toAppError } from '../../../src/shared/contract/clientError'
import type { NewSample } from '../../../src/shared/contract/samples'
import { defaultSettings } from '../../../src/shared/contract/settings'
import { connectServices, eventsOf, failureOf, writeModel } from '../../fixtures/connectServices'
import { exampleCard } from '../../fixtures/exampleCard'

const programFolder = inject('scriptedEngine')
const connect = () => connectServices(programFolder)

const ink: [number, number][][] = [
  [
    [0, 0],
    [5, 5],
  ],
]
const correction: NewSample = {
  label: '3',
  ink,
  raster: { width: 2, height: 1, pixels: new Uint8Array([0, 255]) },
  source: 'correction',
  predicted: '8',
  model: 'digits',
}

describe('a reading', () => {
  it('comes back with the very bytes of the raster, by the active model', async () => {
    const { client } = await connect()
    const prediction = await client.recognition.ink({ ink })
    expect(prediction).toMatchObject({
      model: 'digits',
      candidates: [{ label: '1 strokes', probability: 1 }],
    })
    expect(prediction.raster.pixels).toEqual(new Uint8Array([0, 1, 128, 255]))
  })

  it('of a picture hands over its bytes, and passes on the engine’s own error with its data', async () => {
    const { client } = await connect()
    const prediction = await client.recognition.picture({ picture: new Uint8Array([137, 80]), file: 'a.png' })
    expect(prediction.candidates[0]?.label).toBe('137,80')
    expect(
      await failureOf(client.recognition.picture({ picture: new Uint8Array([1]), file: 'a.txt' })),
    ).toEqual({
      code: 'not-a-picture',
      data: { file: 'a.txt', detail: 'it does not begin as one' },
    })
  })

  it('that takes the engine down fails alone: the next one works', async () => {
    const { client, folder } = await connect()
    await writeModel(join(folder, 'crashing'))
    expect(await failureOf(client.recognition.ink({ ink, model: join(folder, 'crashing') }))).toMatchObject({
      code: 'engine-crashed',
    })
    expect((await client.recognition.ink({ ink })).model).toBe('digits')
  })

  it('by a model that is not there names those that are', async () => {
    const { client, dataFolder } = await connect()
    await writeModel(join(dataFolder, 'models', 'mine'))
    expect(await failureOf(client.recognition.ink({ ink, model: 'yours' }))).toEqual({
      code: 'model-unknown',
      data: { name: 'yours', known: 'digits, mine' },
    })
  })

  it('is quick after a warm-up, which starts the only engine', async () => {
    const { client, services, pids } = await connect()
    await services.warmUp()
    expect(pids).toHaveLength(1)
    await client.recognition.ink({ ink })
    expect(pids).toHaveLength(1)
  })
})

describe('a message that breaks the schema', () => {
  it.each([
    ['ink with a coordinate that is no number', { ink: [[[Number.NaN, 1]]] }],
    ['ink without a stroke', { ink: [] }],
    ['ink that is text', { ink: 'three' }],
    ['a model that is a number', { ink, model: 5 }],
    ['nothing', undefined],
  ])('(%s) is refused before a service sees it, and the log says why', async (_, input) => {
    const { client, pids, log } = await connect()
    const { code, data } = await failureOf(client.recognition.ink(input as never))
    expect(code).toBe('bad-input')
    expect(data).toMatchObject({ detail: expect.stringMatching(/\w/) as string })
    expect(pids).toEqual([])
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'a message was refused' }),
    )
  })

  it('is refused in the same words by the client within the process', async () => {
    const { client, services } = await connect()
    const inProcess = createInProcessClient(services.router)
    const input = { changes: 1, penWidth: 'wide' } as never
    const [over, within] = [
      await failureOf(client.settings.update(input)),
      await failureOf(inProcess.settings.update(input)),
    ]
    expect(within).toEqual(over)
    expect(within.data).toMatchObject({ detail: expect.stringContaining('penWidth') as string })
  })

  it('is refused also where it asks for what there is not', async () => {
    const { client } = await connect()
    const unknown = (client as unknown as { secrets: { read(): Promise<void> } }).secrets.read()
    expect(await failureOf(unknown)).toMatchObject({ code: 'bad-input' })
  })

  it('does not end the connection when it is not even a message', async () => {
    const { client, clientPort } = await connect()
    clientPort.postMessage('{"i":"99","p":{"u":"/settings/get","b":{"json":1,"meta":[[21,"x"]]}}}')
    expect(await client.settings.get()).toEqual(defaultSettings)
  })
})

describe('samples', () => {
  it('are kept, counted and taken out again', async () => {
    const { client, dataFolder } = await connect()
    const first = await client.samples.add(correction)
    expect(first.counts).toEqual({ total: 1, corrections: 1 })
    expect((await client.samples.add({ ...correction, source: 'confirmation' })).counts.total).toBe(2)
    const selection = { ids: [first.id] }
    expect((await client.samples.remove({ selection })).counts).toEqual({ total: 1, corrections: 0 })
    expect(await failureOf(client.samples.remove({ selection }))).toEqual({
      code: 'sample-unknown',
      data: { id: first.id },
    })
    await access(join(dataFolder, 'samples.db'))
  })

  it('whose raster does not fit its size are refused', async () => {
    const { client } = await connect()
    const cut = { ...correction, raster: { width: 9, height: 9, pixels: new Uint8Array(3) } }
    expect(await failureOf(client.samples.add(cut))).toMatchObject({ code: 'bad-input' })
    expect(await client.samples.counts()).toEqual({ total: 0, corrections: 0 })
  })

  it('in a broken store say so, while reading goes on', async () => {
    const { client, dataFolder } = await connect()
    await mkdir(dataFolder)
    await writeFile(join(dataFolder, 'samples.db'), 'no database '.repeat(500))
    expect(await failureOf(client.samples.counts())).toMatchObject({
      code: 'store-broken',
      data: { file: join(dataFolder, 'samples.db') },
    })
    expect((await client.recognition.ink({ ink })).model).toBe('digits')
  })
})

describe('settings', () => {
  it('are changed field by field', async () => {
    const { client } = await connect()
    expect(await client.settings.get()).toEqual(defaultSettings)
    expect(await client.settings.update({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' })
    expect(await client.settings.update({ commitPauseMs: 800 })).toEqual({
      ...defaultSettings,
      theme: 'dark',
      commitPauseMs: 800,
    })
  })
})

describe('models', () => {
  it('are those that ship and the user’s own, and none can hide one that ships', async () => {
    const { client, dataFolder, resourcesFolder } = await connect()
    await writeModel(join(dataFolder, 'models', 'mine'))
    await writeModel(join(dataFolder, 'models', 'digits'))
    await mkdir(join(dataFolder, 'models', 'no-card'))
    expect(await client.models.list()).toMatchObject([
      { name: 'digits', folder: join(resourcesFolder, 'models', 'digits'), shipped: true, active: true },
      { name: 'mine', folder: join(dataFolder, 'models', 'mine'), shipped: false, active: false },
    ])
    expect(await client.models.card({ model: 'digits' })).toEqual(exampleCard('digits'))
  })

  it.each([
    ['that is cut', '{"format":1,', 'not JSON'],
    ['of another format', { ...exampleCard('x'), format: 2 }, 'format'],
  ])('with a card %s are broken', async (_, card, detail) => {
    const { client, folder } = await connect()
    const model = join(folder, 'broken')
    await writeModel(model, card)
    expect(await failureOf(client.models.card({ model }))).toEqual({
      code: 'model-broken',
      data: { folder: model, detail: expect.stringContaining(detail) as string },
    })
  })

  it('without a card are broken', async () => {
    const { client, folder } = await connect()
    expect(await failureOf(client.models.card({ model: folder }))).toMatchObject({ code: 'model-broken' })
  })
})

describe('an evaluation', () => {
  it('tells its progress and then its result, and needs no store', async () => {
    const { client, dataFolder } = await connect()
    const events = await eventsOf(client.evaluation.run({ model: 'digits', data: 'd', only: ['1'] }))
    expect(events.slice(0, 3)).toEqual([1, 2, 3].map((done) => ({ event: 'progress', done, total: 3 })))
    expect(events[3]).toMatchObject({
      event: 'done',
      evaluation: { model: 'digits', perClass: [{ label: '1' }] },
    })
    expect(events).toHaveLength(4)
    await expect(access(dataFolder)).rejects.toThrow()
  })

  it('ends, with its process, when the stream is left', async () => {
    const { client, log } = await connect()
    for await (const event of await client.evaluation.run({ model: 'digits', data: 'until-cancelled' })) {
      if (event.event === 'progress' && event.done === 3) break
    }
    await expect.poll(() => log.lines.map((line) => line.message)).toContain('engine process ended')
  })

  it('ends when its signal is aborted', async () => {
    const { client, log } = await connect()
    const controller = new AbortController()
    const input = { model: 'digits', data: 'until-cancelled' }
    const reading = eventsOf(client.evaluation.run(input, { signal: controller.signal }))
    await expect.poll(() => log.lines.map((line) => line.message)).toContain('engine process started')
    controller.abort()
    expect(await failureOf(reading)).toEqual({ code: 'cancelled', data: {} })
    await expect.poll(() => log.lines.map((line) => line.message)).toContain('engine process ended')
  })

  it.each([
    ['crash', 'engine-crashed'],
    ['fault', 'internal'],
  ])('that meets a %s tells %s after its progress', async (data, code) => {
    const { client } = await connect()
    const seen: unknown[] = []
    const reading = (async () => {
      for await (const event of await client.evaluation.run({ model: 'digits', data })) seen.push(event)
    })()
    expect(await failureOf(reading)).toMatchObject({ code })
    expect(seen).toHaveLength(3)
  })

  it('of an unknown model fails before any process is started', async () => {
    const { client, pids } = await connect()
    expect(await failureOf(eventsOf(client.evaluation.run({ model: 'yours', data: 'd' })))).toMatchObject({
      code: 'model-unknown',
    })
    expect(pids).toEqual([])
  })
})

describe('the doctor', () => {
  it('tries each provider in a process of its own, and survives one that crashes', async () => {
    const { client, dataFolder, pids, log } = await connect()
    const report = await client.system.doctor()
    const crashed = expect.stringContaining('does not work: exit code 7') as string
    expect(report).toMatchObject({
      longhand: '1.2.3',
      electron: null,
      node: process.versions.node,
      onnxruntime: '0.0.0-scripted',
      providers: [
        { provider: 'cpu', works: true, detail: `process ${pids[1]}`, speed: { stepMs: 10, wholly: true } },
        { provider: 'webgpu', works: false, detail: crashed, speed: null },
      ],
      training: { provider: 'cpu', reason: 'only', batchSize: 64 },
      dataFolder: { path: dataFolder, writable: true, freeBytes: expect.any(Number) as number },
    })
    expect(pids).toHaveLength(4)
    expect(log.lines.filter((line) => line.message === 'engine process ended')).toHaveLength(3)
    expect(await readdir(dataFolder)).toEqual(['providers.json'])
  })
})

describe('the client', () => {
  it('is told when its connection is lost', async () => {
    const { client, serverPort } = await connect()
    const reading = eventsOf(client.evaluation.run({ model: 'digits', data: 'until-cancelled' }))
    const lost = reading.catch((thrown: unknown) => toAppError(thrown).code)
    setImmediate(() => serverPort.close())
    expect(await lost).toBe('connection-lost')
  })
})
