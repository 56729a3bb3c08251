import { describe, expect, it } from 'vitest'
import type { EngineFrame, HostFrame } from '../../../src/main/engineProcess/protocol/frames'
import { serve, type EngineHandlers } from '../../../src/main/engineProcess/protocol/serve'
import { AppError } from '../../../src/shared/errors/appError'

type Evaluate = EngineHandlers['evaluate']
const unused = () => Promise.reject(new Error('not part of this test'))

/** The server with one handler, over a port that clones as the real ones do. */
function start(evaluate: Evaluate) {
  const sent: EngineFrame[] = []
  let receive: (frame: unknown) => void = () => undefined
  let close: () => void = () => undefined
  const closed = new Promise<void>((resolve) => (close = resolve))
  const waiting = new Set<() => void>()
  serve(
    {
      send: (frame) => {
        sent.push(structuredClone(frame))
        for (const look of waiting) look()
      },
      onMessage: (listener) => (receive = listener),
      close,
    },
    {
      load: unused,
      recognizeInk: unused,
      recognizePicture: unused,
      train: unused,
      resumeTraining: unused,
      pauseTraining: unused,
      probeProvider: unused,
      versions: unused,
      evaluate,
      exportModel: unused,
      importModel: unused,
      convertData: unused,
      tabulate: unused,
      cutPage: unused,
      readPage: unused,
      drawSearchablePdf: unused,
      drawSheets: unused,
      cropCharacters: unused,
      planTeaching: unused,
      previewCopies: unused,
      teach: unused,
      resumeTeaching: unused,
      pauseTeaching: unused,
      compareModels: unused,
      makeReplay: unused,
      measureProvider: unused,
      checkTensorflow: unused,
    },
  )
  return {
    sent,
    closed,
    deliver: (frame: HostFrame) => receive(structuredClone(frame)),
    sentCount: (count: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (sent.length >= count) resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}

const request = (id: number): HostFrame => ({
  kind: 'request',
  id,
  method: 'evaluate',
  input: { modelFolder: '/m', data: 'd', only: null, provider: 'cpu' },
})
const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

describe('the engine process answers', () => {
  it('with its events in order, and with an error in its wire form', async () => {
    const engine = start((_, { emit }) => {
      emit({ done: 1, total: 2 })
      emit({ done: 2, total: 2 })
      throw new AppError('data-empty', { data: 'd' })
    })
    engine.deliver(request(4))
    await engine.sentCount(3)
    expect(engine.sent).toEqual([
      { kind: 'event', id: 4, event: { done: 1, total: 2 } },
      { kind: 'event', id: 4, event: { done: 2, total: 2 } },
      {
        kind: 'error',
        id: 4,
        error: { code: 'data-empty', data: { data: 'd' }, stack: expect.any(String) as string },
      },
    ])
  })

  it('with an internal error where a handler throws what is not even an error', async () => {
    const engine = start(() => {
      AbortSignal.abort('just text').throwIfAborted()
      return abortion(new AbortController().signal)
    })
    engine.deliver(request(1))
    await engine.sentCount(1)
    expect(engine.sent).toEqual([
      { kind: 'error', id: 1, error: { code: 'internal', data: { detail: 'just text' } } },
    ])
  })

  it('with an internal error where the result cannot be cloned', async () => {
    const engine = start(() => Promise.resolve({ model: () => 'a function' } as never))
    engine.deliver(request(1))
    await engine.sentCount(1)
    expect(engine.sent).toMatchObject([{ kind: 'error', id: 1, error: { code: 'internal' } }])
  })

  it('to a cancelled request with "cancelled", and leaves the other one alone', async () => {
    const signals: AbortSignal[] = []
    const engine = start((_, { signal }) => {
      signals.push(signal)
      return abortion(signal)
    })
    engine.deliver(request(1))
    engine.deliver(request(2))
    engine.deliver({ kind: 'cancel', id: 1 })
    engine.deliver({ kind: 'cancel', id: 99 })
    await engine.sentCount(1)
    expect(engine.sent).toMatchObject([{ kind: 'error', id: 1, error: { code: 'cancelled' } }])
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
  })

  it('to a handler that ends by an AbortError of its own with "cancelled" too', async () => {
    const engine = start(async (_, { signal }) => {
      await abortion(signal).catch(() => undefined)
      throw new DOMException('This operation was aborted', 'AbortError')
    })
    engine.deliver(request(1))
    engine.deliver({ kind: 'cancel', id: 1 })
    await engine.sentCount(1)
    expect(engine.sent).toMatchObject([{ kind: 'error', id: 1, error: { code: 'cancelled' } }])
  })

  it('to a stop by ending what runs, before it closes', async () => {
    const engine = start((_, { signal }) => abortion(signal))
    engine.deliver(request(1))
    engine.deliver({ kind: 'stop' })
    await engine.closed
    expect(engine.sent).toMatchObject([{ kind: 'error', id: 1, error: { code: 'cancelled' } }])
  })
})
