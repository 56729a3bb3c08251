import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { connectServices, eventsOf, failureOf } from '../../fixtures/connectServices'
import { buildEngine } from '../../fixtures/engines/buildEngine'
import { exampleCard } from '../../fixtures/exampleCard'

let programFolder: string
beforeAll(async () => (programFolder = await buildEngine('scriptedEngine')))
afterAll(() => rm(programFolder, { recursive: true, force: true }))

async function connect() {
  const connected = await connectServices(programFolder)
  const outFolder = join(connected.folder, 'out', 'mine')
  const input = (data: string) => ({ spec: exampleCard('x').spec, data, outFolder })
  return { ...connected, outFolder, input }
}
const names = (events: TrainingEvent[]) => events.map((event) => event.event)
const whole = ['started', 'step', 'step', 'step', 'done']

describe('a training', () => {
  it('tells all of its events, to who joins late as to who was there', async () => {
    const { client, outFolder, input } = await connect()
    const { job } = await client.training.start(input('d'))
    const events = await eventsOf(client.training.watch({ job }))
    expect(names(events)).toEqual(whole)
    expect(events.at(-1)).toMatchObject({ event: 'done', path: outFolder, reason: 'finished' })
    expect(await eventsOf(client.training.watch({ job }))).toEqual(events)
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
    expect(await failureOf(client.training.start(other))).toEqual({ code: 'training-busy', data: {} })
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
    const { client, input } = await connect()
    const { job } = await client.training.start(input('astray'))
    const seen: TrainingEvent[] = []
    const watching = (async () => {
      for await (const event of await client.training.watch({ job })) seen.push(event)
    })()
    expect(await failureOf(watching)).toEqual({ code: 'loss-not-finite', data: { step: 3 } })
    expect(names(seen)).toEqual(['started', 'step', 'step', 'step'])
    await client.training.start(input('d'))
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
    expect(await failureOf(client.training.start({ ...input('d'), spec: 'colossus' }))).toEqual({
      code: 'spec-unknown',
      data: { name: 'colossus', known },
    })
  })

  it('of a known spec is started by its name', async () => {
    const { client, input } = await connect()
    const { job } = await client.training.start({ ...input('d'), spec: 'lenet' })
    expect(names(await eventsOf(client.training.watch({ job })))).toEqual(whole)
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
