import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../src/main/services/eventLog'

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const event of events) seen.push(event)
  return seen
}

describe('the events of a job', () => {
  it('reach who joins early, midway and after the end alike', async () => {
    const log = new EventLog<number>()
    const early = all(log.read())
    log.push(1)
    const midway = all(log.read())
    await Promise.resolve()
    log.push(2)
    log.end()
    expect(await Promise.all([early, midway, all(log.read())])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
  })

  it('come before the error that ended it, for each reader', async () => {
    const log = new EventLog<number>()
    const seen: number[] = []
    const read = (async () => {
      for await (const event of log.read()) seen.push(event)
    })()
    log.push(1)
    log.end({ error: new Error('astray') })
    log.push(2)
    await expect(read).rejects.toThrow('astray')
    expect(seen).toEqual([1])
    await expect(all(log.read())).rejects.toThrow('astray')
  })

  it('end quietly for who leaves while waiting, and go on for the others', async () => {
    const log = new EventLog<number>()
    const controller = new AbortController()
    const leaving = all(log.read(controller.signal))
    const staying = all(log.read())
    log.push(1)
    await new Promise(setImmediate)
    controller.abort()
    expect(await leaving).toEqual([1])
    log.push(2)
    log.end()
    expect(await staying).toEqual([1, 2])
  })

  it('are thinned out where many say only how far it is, keeping the others and the order', async () => {
    const log = new EventLog<number>((event) => event % 1000 !== 0)
    const present = all(log.read())
    const pushed = Array.from({ length: 20_000 }, (_, i) => i)
    for (const event of pushed) log.push(event)
    log.end()
    expect(await present).toEqual(pushed)
    const late = await all(log.read())
    expect(late.length).toBeLessThan(5000)
    expect(late.filter((event) => event % 1000 === 0)).toHaveLength(20)
    expect(late).toEqual([...late].sort((a, b) => a - b))
  })
})
