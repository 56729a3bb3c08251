import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WriteSession, type Notices } from '../../../src/renderer/write/writeSession.svelte'
import type { Client } from '../../../src/shared/contract/client'
import type { NewSample } from '../../../src/shared/contract/samples'
import { AppError } from '../../../src/shared/errors/appError'
import type { Prediction } from '../../../src/shared/recognition/prediction'
import { prediction } from './samplePrediction'

/** Services that keep samples in memory and read every ink as `answer`. */
class MemoryServices {
  answer: Prediction | AppError = prediction()
  refusesSamples = false
  readonly samples = new Map<number, NewSample>()
  #nextId = 1

  readonly client: {
    recognition: Pick<Client['recognition'], 'ink' | 'picture'>
    samples: Pick<Client['samples'], 'add' | 'remove' | 'counts'>
  } = {
    recognition: { ink: () => this.#read(), picture: () => this.#read() },
    samples: {
      add: (sample) => {
        if (this.refusesSamples)
          return Promise.reject(new AppError('store-broken', { file: 'x', detail: 'y' }))
        const id = this.#nextId++
        this.samples.set(id, sample)
        return Promise.resolve({ id, counts: this.#counts() })
      },
      remove: ({ selection }) => {
        if ('ids' in selection) for (const id of selection.ids) this.samples.delete(id)
        return Promise.resolve({ edit: null, counts: this.#counts() })
      },
      counts: () => Promise.resolve(this.#counts()),
    },
  }

  async #read(): Promise<Prediction> {
    const answer = this.answer
    await Promise.resolve()
    if (answer instanceof AppError) throw answer
    return answer
  }

  #counts() {
    return { total: this.samples.size, corrections: this.samples.size }
  }
}

function startSession(commitPauseMs: number | null = null) {
  const services = new MemoryServices()
  const undoLast: { run: () => void } = { run: () => undefined }
  const failures: unknown[] = []
  const notices: Notices = {
    kept: (_, undo) => (undoLast.run = undo),
    released: () => undefined,
    failed: (thrown) => failures.push(thrown),
  }
  const session = new WriteSession(services.client, notices, () => commitPauseMs)
  return { services, session, failures, undoLast }
}

/** Lets every promise that is due settle; the clock stands still. */
const settle = () => vi.advanceTimersByTimeAsync(0)

async function write(session: WriteSession): Promise<void> {
  session.penDown([10, 10, 0, 0.5], false)
  session.penMove([[20, 20, 8, 0.5]], 8)
  session.penUp()
  await settle()
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('writing', () => {
  it('shows the reading, and Enter takes it over into the text and empties the pad', async () => {
    const { session, services } = startSession()
    await write(session)
    expect(session.shown?.candidates[0]?.label).toBe('3')
    session.accept()
    expect([session.transcript.text, session.pad.isEmpty]).toEqual(['3', true])
    await settle()
    expect(services.samples.size).toBe(0)
  })

  it('accepts once the answer to the newest ink is there, where Enter came before it', async () => {
    const { session } = startSession()
    session.penDown([1, 1], false)
    session.penUp()
    session.accept()
    expect(session.transcript.text).toBe('')
    await settle()
    expect(session.transcript.text).toBe('3')
  })

  it('does not accept what is not a character', async () => {
    const { session, services } = startSession()
    services.answer = prediction({ verdict: 'not-a-character' })
    await write(session)
    session.accept()
    expect(session.transcript.isEmpty).toBe(true)
    expect(session.pad.isEmpty).toBe(false)
  })

  it('gives ink and text back when an accepted character is undone', async () => {
    const { session } = startSession()
    await write(session)
    session.accept()
    session.undo()
    await settle()
    expect([session.transcript.text, session.pad.strokes.length]).toEqual(['', 1])
    expect(session.reading.prediction).not.toBeNull()
  })

  it('reports an error of the reading and goes on with the next stroke', async () => {
    const { session, services, failures } = startSession()
    services.answer = new AppError('engine-crashed', { detail: 'x' })
    await write(session)
    expect(failures).toEqual([services.answer])
    services.answer = prediction()
    await write(session)
    expect(session.shown?.verdict).toBe('sure')
  })
})

describe('the pause', () => {
  it('takes a sure reading over once it has elapsed', async () => {
    const { session } = startSession(1000)
    await write(session)
    expect(session.pause.runningMs).toBe(1000)
    await vi.advanceTimersByTimeAsync(999)
    expect(session.transcript.text).toBe('')
    await vi.advanceTimersByTimeAsync(1)
    expect([session.transcript.text, session.pause.runningMs]).toEqual(['3', null])
  })

  it('starts anew with every stroke', async () => {
    const { session } = startSession(1000)
    await write(session)
    await vi.advanceTimersByTimeAsync(900)
    await write(session)
    await vi.advanceTimersByTimeAsync(900)
    expect(session.transcript.text).toBe('')
  })

  it('waits for the user where the reading is not sure', async () => {
    const { session, services } = startSession(1000)
    services.answer = prediction({ verdict: 'unsure' })
    await write(session)
    await vi.advanceTimersByTimeAsync(5000)
    expect(session.transcript.text).toBe('')
    session.accept()
    expect(session.transcript.text).toBe('3')
  })
})

describe('a correction', () => {
  it('keeps ink, raster, label and what was read, and counts', async () => {
    const { session, services } = startSession()
    await write(session)
    session.pick(1)
    await settle()
    expect(session.transcript.text).toBe('8')
    expect(session.counts?.corrections).toBe(1)
    expect([...services.samples.values()]).toEqual([
      {
        source: 'correction',
        label: '8',
        ink: [
          [
            [10, 10, 0, 0.5],
            [20, 20, 8, 0.5],
          ],
        ],
        raster: prediction().raster,
        predicted: '3',
        model: 'digits',
      },
    ])
  })

  it('is none where the best candidate is picked', async () => {
    const { session, services } = startSession()
    await write(session)
    session.pick(0)
    await settle()
    expect([session.transcript.text, services.samples.size]).toEqual(['3', 0])
  })

  it('says that nothing was answered where the model took it for no character', async () => {
    const { session, services } = startSession()
    services.answer = prediction({ verdict: 'not-a-character' })
    await write(session)
    session.pick(0)
    await settle()
    expect([...services.samples.values()].map(({ label, predicted }) => [label, predicted])).toEqual([
      ['3', null],
    ])
  })

  it('still reaches what was accepted last, and replaces it in the text', async () => {
    const { session, services } = startSession()
    await write(session)
    session.accept()
    session.choose('5')
    await settle()
    expect([session.transcript.text, services.samples.size]).toEqual(['5', 1])
    session.choose('3')
    await settle()
    expect([session.transcript.text, services.samples.size]).toEqual(['3', 0])
  })

  it('is taken out of the store again by its undo, with ink and text as before', async () => {
    const { session, services, undoLast } = startSession()
    await write(session)
    session.choose('5')
    await settle()
    undoLast.run()
    await settle()
    expect([services.samples.size, session.counts?.corrections]).toEqual([0, 0])
    expect([session.transcript.text, session.pad.strokes.length]).toEqual(['', 1])
  })

  it('leaves newer writing alone when it is undone later', async () => {
    const { session, services, undoLast } = startSession()
    await write(session)
    session.choose('5')
    await settle()
    await write(session)
    undoLast.run()
    await settle()
    expect([services.samples.size, session.transcript.text, session.pad.strokes.length]).toEqual([0, '5', 1])
  })

  it('keeps the text and reports where the store refuses the sample', async () => {
    const { session, services, failures } = startSession()
    services.refusesSamples = true
    await write(session)
    session.choose('5')
    await settle()
    expect(session.transcript.text).toBe('5')
    expect(failures).toHaveLength(1)
  })
})
