import { AppError } from '../../shared/errors/appError'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'

/** What a cancelled piece of work may take to clear up after itself. */
const CLEAN_UP_MS = 30_000

/**
 * Runs one method in an engine process of its own, since what it reads may bring that down, as a stream: its events, then its
 * result. Leaving the stream, or aborting the signal, ends the work, which takes away what it had begun before it ends.
 */
export async function* streamFromEngine<Method extends keyof EngineContract, Event>(
  createEngine: () => EngineProcess,
  method: Method,
  input: EngineContract[Method]['input'],
  toEvent: {
    progress(event: EngineContract[Method]['event']): Event
    done(output: EngineContract[Method]['output']): Event
  },
  signal?: AbortSignal,
): AsyncGenerator<Event, void> {
  const engine = createEngine()
  const left = new AbortController()
  const events = new EventLog<Event>()
  const work = engine
    .request(method, input, {
      signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
      onEvent: (event) => events.push(toEvent.progress(event)),
      graceMs: CLEAN_UP_MS,
    })
    .then(
      (output) => {
        events.push(toEvent.done(output))
        events.end()
      },
      (error: unknown) => events.end({ error }),
    )
  try {
    yield* events.read(signal)
    if (signal?.aborted) throw new AppError('cancelled', {})
  } finally {
    left.abort()
    await work
    await engine.stop()
  }
}
