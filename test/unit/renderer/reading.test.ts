import { describe, expect, it } from 'vitest'
import { Reading } from '../../../src/renderer/write/reading.svelte'
import type { Prediction } from '../../../src/shared/recognition/prediction'
import { prediction } from './samplePrediction'

interface OpenRequest {
  resolve: (prediction: Prediction) => void
  reject: (reason: unknown) => void
}

/** A reader that answers when it is told to, and notes what it was asked. */
function controlledReading() {
  const asked: string[] = []
  const open: OpenRequest[] = []
  const answered: string[] = []
  const failures: unknown[] = []
  const reading = new Reading<string>(
    (source) => {
      asked.push(source)
      return new Promise((resolve, reject) => open.push({ resolve, reject }))
    },
    (source) => answered.push(source),
    (thrown) => failures.push(thrown),
  )
  const settle = async (act: (request: OpenRequest) => void) => {
    const request = open.shift()
    if (request) act(request)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return {
    reading,
    asked,
    answered,
    failures,
    answer: (label: string) => settle((request) => request.resolve(prediction({ label }))),
    fail: (reason: unknown) => settle((request) => request.reject(reason)),
  }
}
const best = (reading: Reading<string>) => reading.prediction?.candidates[0]?.label

describe('the reading', () => {
  it('has one request under way and then asks only for the newest of those that wait', async () => {
    const { reading, asked, answer } = controlledReading()
    for (const source of ['a', 'b', 'c', 'd']) reading.offer(source)
    expect(asked).toEqual(['a'])
    await answer('1')
    expect(asked).toEqual(['a', 'd'])
    await answer('4')
    expect(asked).toEqual(['a', 'd'])
    expect(best(reading)).toBe('4')
  })

  it('shows an overtaken answer on the way, but tells only of the newest', async () => {
    const { reading, answered, answer } = controlledReading()
    reading.offer('a')
    reading.offer('b')
    await answer('1')
    expect([best(reading), reading.isBehind, answered]).toEqual(['1', true, []])
    await answer('2')
    expect([best(reading), reading.isBehind, answered]).toEqual(['2', false, ['b']])
  })

  it('drops the answer to what was replaced', async () => {
    const { reading, answered, answer } = controlledReading()
    reading.offer('a')
    reading.replace('b')
    await answer('1')
    expect(best(reading)).toBeUndefined()
    await answer('2')
    expect([best(reading), answered]).toEqual(['2', ['b']])
  })

  it('shows nothing after it was told to forget, though an answer still comes', async () => {
    const { reading, answered, answer } = controlledReading()
    reading.offer('a')
    reading.offer('b')
    reading.forget()
    await answer('1')
    expect([reading.prediction, reading.isBehind, answered]).toEqual([null, false, []])
  })

  it('reads on after an error, and is silent about the errors of what is stale', async () => {
    const { reading, failures, fail, answer } = controlledReading()
    reading.offer('a')
    await fail('broken')
    expect([reading.prediction, reading.isBehind, failures]).toEqual([null, false, ['broken']])
    reading.offer('b')
    reading.replace('c')
    await fail('stale')
    expect(failures).toEqual(['broken'])
    await answer('3')
    expect(best(reading)).toBe('3')
  })
})
