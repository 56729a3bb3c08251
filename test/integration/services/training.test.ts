import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { connectServices, eventsOf, failureOf } from '../../fixtures/connectServices'
import { exampleCard } from '../../fixtures/exampleCard'

const programFolder = inject('scriptedEngine')

async function connect() {
  const connected = await connectServices(programFolder)
  const outFolder = join(connected.folder, 'out', 'mine')
  const input = (data: string) => ({ spec: exampleCard('x').spec, data, outFolder, provider: 'cpu' as const })
  return { ...connected, outFolder, input }
}
const names = (events: TrainingEvent[]) => events.map((event) => event.event)
const whole = ['started', 'step', 'step', 'step', 'checkpoint', 'done']

describe('a training', () => {
  it('tells all of its events, to who joins late as to who was there', async () => {
    const { client, outFolder, input } = await connect()
    const { job } = await client.training.start(input('d'))
    const events = await eventsOf(client.training.watch({ job }))
    expect(names(events)).toEqual(whole)
    expect(events.at(-1)).toMatchObject({ event: 'done', path: outFolder, reason: 'finished' })
    expect(await eventsOf(client.training.watch({ job }))).toEqual(events)
  })

  it('tells which provider it was given, and what that was chosen from', async () => {
    const { client, input } = await connect()
    const { job } = await client.training.start({ ...input('d'), provider: 'auto' })
    const [started] = await eventsOf(client.training.watch({ job }))
    expect(started).toMatchObject({
      provider: 'cpu',
      choice: {
        reason: 'only',
        tried: [
          { provider: 'cpu', works: true },
          { provider: 'webgpu', works: false },
        ],
      },
    })
  })

  it('runs on what the settings say, where it does not say so itself', async () => {
    const { client, input } = await connect()
    await client.settings.update({ trainingEngine: 'tensorflow', trainingProvider: 'cpu' })
    const { provider: _, ...unsaid } = input('d')
    const { job } = await client.training.start(unsaid)
    expect(await failureOf(eventsOf(client.training.watch({ job })))).toMatchObject({
      code: 'tensorflow-missing',
    })
    const own = await client.training.start({ ...unsaid, engine: 'onnx' })
    const [started] = await eventsOf(client.training.watch({ job: own.job }))
    expect(started).toMatchObject({ provider: 'cpu' })
    expect(started).not.toHaveProperty('choice')
  })

  it('that is cancelled while its provider is chosen ends there, and leaves nothing', async () => {
    const { client, input, outFolder } = await connect()
    const { job } = await client.training.start({ ...input('d'), provider: 'auto' })
    await client.training.cancel({ job })
    const events = await eventsOf(client.training.watch({ job }))
    expect(events).toMatchObject([{ event: 'done', reason: 'cancelled', epochs: 0, metrics: null }])
    await expect(readdir(outFolder)).rejects.toThrow()
  })

  it('goes on when its watcher leaves, and can be joined again', async () => {
    const { client, input } = await connect()
    const { job } = await client.training.start(input('until-cancelled'))
    for await (const event of await client.training.watch({ job })) if (event.event === 'step') break
    const again = eventsOf(client.training.watch({ job }))
    await client.training.cancel({ job })
    const events = await again
    expect(names(events)).toEqual(whole)
    expect(events.at(-1)).toMatchObject({ reason: 'cancelled' })
  })

  it('runs alone: a second one is refused until it is done, and then may start', async () => {
    const { client, input, outFolder } = await connect()
    const { job } = await client.training.start(input('until-cancelled'))
    const other = { ...input('d'), outFolder: `${outFolder}-2` }
    expect(await failureOf(client.training.start(other))).toEqual({
      code: 'training-busy',
      data: { pid: process.pid },
    })
    await client.training.cancel({ job })
    await eventsOf(client.training.watch({ job }))
    const second = await client.training.start(other)
    expect(names(await eventsOf(client.training.watch(second)))).toEqual(whole)
  })

  it('of two that start at once is the first', async () => {
    const { client, input, outFolder } = await connect()
    const starts = await Promise.allSettled([
      client.training.start(input('until-cancelled')),
      client.training.start({ ...input('d'), outFolder: `${outFolder}-2` }),
    ])
    expect(starts.map((start) => start.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('that goes astray tells its events and then why, and leaves the way free', async () => {
    const { client, input, outFolder } = await connect()
    const { job } = await client.training.start(input('astray'))
    const seen: TrainingEvent[] = []
    const watching = (async () => {
      for await (const event of await client.training.watch({ job })) seen.push(event)
    })()
    expect(await failureOf(watching)).toEqual({
      code: 'loss-not-finite',
      data: { step: 3, learningRate: 0.4, folder: outFolder, lowerRate: 0.1 },
    })
    expect(names(seen)).toEqual(whole.slice(0, -1))
    await client.training.start(input('d'))
  })

  it('is refused while another process with the same data folder trains, and not when that was killed', async () => {
    const { client, input, dataFolder } = await connect()
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const ended = once(other, 'close')
    onTestFinished(() => void other.kill('SIGKILL'))
    await mkdir(dataFolder, { recursive: true })
    await writeFile(join(dataFolder, 'training.lock'), String(other.pid))
    expect(await failureOf(client.training.start(input('d')))).toEqual({
      code: 'training-busy',
      data: { pid: other.pid },
    })
    other.kill('SIGKILL')
    await ended
    const { job } = await client.training.start(input('d'))
    expect(names(await eventsOf(client.training.watch({ job })))).toEqual(whole)
    expect(await readdir(dataFolder)).not.toContain('training.lock')
  })

  it('can be paused and resumed by another client, which finds it by its status', async () => {
    const { client, input, outFolder } = await connect()
    expect(await client.training.status()).toBeNull()
    const { job } = await client.training.start({ ...input('until-cancelled'), name: 'Mine' })
    const status = { job, name: 'Mine', outFolder }
    expect(await client.training.status()).toEqual({ ...status, state: 'running' })
    const seen: string[] = []
    for await (const event of await client.training.watch({ job })) {
      seen.push(event.event)
      if (event.event === 'checkpoint') await client.training.pause({ job })
      if (event.event === 'paused') {
        expect(await client.training.status()).toEqual({ ...status, state: 'paused' })
        await client.training.resume({ job })
      }
      if (event.event === 'resumed') await client.training.cancel({ job })
    }
    expect(seen).toEqual([...whole.slice(0, -1), 'paused', 'resumed', 'done'])
    expect(await client.training.status()).toEqual({ ...status, state: 'done' })
    await client.training.pause({ job })
  })

  it('that was interrupted is resumed from its folder, and only from one that has a checkpoint', async () => {
    const { client, outFolder } = await connect()
    expect(await failureOf(client.training.resumeFrom({ folder: outFolder }))).toEqual({
      code: 'checkpoint-missing',
      data: { folder: outFolder },
    })
    await mkdir(join(outFolder, 'checkpoint'), { recursive: true })
    const { job } = await client.training.resumeFrom({ folder: outFolder, epochs: 9 })
    const events = await eventsOf(client.training.watch({ job }))
    expect(events[0]).toMatchObject({ event: 'started', stepsDone: 1, epochs: 9 })
    expect(events.at(-1)).toMatchObject({ event: 'done', path: outFolder })
  })

  it('whose process a driver takes with it goes on with the CPU, but not where it was the CPU', async () => {
    const { client, input, outFolder, pids } = await connect()
    const { job } = await client.training.start({ ...input('crash'), provider: 'webgpu' })
    const events = await eventsOf(client.training.watch({ job }))
    expect(names(events)).toEqual([
      ...whole.slice(0, -1),
      'provider-changed',
      ...['started', 'step', 'step', 'checkpoint', 'done'],
    ])
    expect(events[5]).toMatchObject({ from: 'webgpu', to: 'cpu' })
    expect(events[6]).toMatchObject({ provider: 'cpu', stepsDone: 1 })
    expect(pids).toHaveLength(2)
    const second = await client.training.start({ ...input('crash'), outFolder: `${outFolder}-2` })
    expect(await failureOf(eventsOf(client.training.watch(second)))).toMatchObject({ code: 'engine-crashed' })
  })

  it('does not write into a folder in which another waits to be resumed, and says so', async () => {
    const { client, input, outFolder } = await connect()
    await mkdir(join(outFolder, 'checkpoint'), { recursive: true })
    expect(await failureOf(client.training.start(input('d')))).toEqual({
      code: 'training-unfinished',
      data: { folder: outFolder },
    })
  })

  it('does not write into a folder that holds something, nor over a file', async () => {
    const { client, input, outFolder, pids } = await connect()
    await mkdir(outFolder, { recursive: true })
    await writeFile(join(outFolder, 'precious.txt'), 'x')
    expect(await failureOf(client.training.start(input('d')))).toEqual({
      code: 'output-exists',
      data: { folder: outFolder },
    })
    const file = join(outFolder, 'precious.txt')
    expect(await failureOf(client.training.start({ ...input('d'), outFolder: file }))).toMatchObject({
      code: 'output-exists',
    })
    expect(pids).toEqual([])
    await rm(file)
    expect(names(await eventsOf(client.training.watch(await client.training.start(input('d')))))).toEqual(
      whole,
    )
  })

  it('of an unknown spec names those that are known', async () => {
    const { client, input } = await connect()
    const known = (await client.models.specs()).join(', ')
    expect(known).toContain('lenet')
    for (const spec of ['colossus', 'lenet@12']) {
      expect(await failureOf(client.training.start({ ...input('d'), spec }))).toEqual({
        code: 'spec-unknown',
        data: { name: spec, known: expect.stringContaining(known) as string },
      })
    }
  })

  it('of a known spec is started by its name, with the side of its raster too', async () => {
    const { client, input, outFolder } = await connect()
    const { job } = await client.training.start({ ...input('d'), spec: 'lenet' })
    expect(names(await eventsOf(client.training.watch({ job })))).toEqual(whole)
    const sized = await client.training.start({
      ...input('d'),
      spec: 'lenet@48',
      outFolder: `${outFolder}-48`,
    })
    expect(names(await eventsOf(client.training.watch({ job: sized.job })))).toEqual(whole)
  })

  it('that is not told where to goes among the user’s own models, under a name that none has yet', async () => {
    const { client, input, dataFolder, resourcesFolder } = await connect()
    await mkdir(join(resourcesFolder, 'models', 'lenet'), { recursive: true })
    const { outFolder: _, ...homeless } = { ...input('d'), spec: 'lenet@48' }
    for (const folderName of ['lenet-2', 'lenet-3']) {
      const { job, outFolder } = await client.training.start(homeless)
      expect(outFolder).toBe(join(dataFolder, 'models', folderName))
      expect((await eventsOf(client.training.watch({ job }))).at(-1)).toMatchObject({ path: outFolder })
      await mkdir(outFolder, { recursive: true })
    }
    const named = await client.training.start({ ...homeless, name: '../mine and yours' })
    expect(named.outFolder).toBe(join(dataFolder, 'models', 'mine-and-yours'))
    await eventsOf(client.training.watch({ job: named.job }))
  })

  it('that nobody knows can be neither watched nor cancelled', async () => {
    const { client } = await connect()
    const unknown = { code: 'job-unknown', data: { id: 'x' } }
    expect(await failureOf(eventsOf(client.training.watch({ job: 'x' })))).toEqual(unknown)
    expect(await failureOf(client.training.cancel({ job: 'x' }))).toEqual(unknown)
  })

  it('lets go of its process when it is done, and when the services close', async () => {
    const { client, services, input, outFolder, log } = await connect()
    const ended = () => log.lines.filter((line) => line.message === 'engine process ended').length
    await eventsOf(client.training.watch(await client.training.start(input('d'))))
    await expect.poll(ended).toBe(1)
    await client.training.start({ ...input('until-cancelled'), outFolder: `${outFolder}-2` })
    await services.close()
    expect(ended()).toBe(2)
  })
})
