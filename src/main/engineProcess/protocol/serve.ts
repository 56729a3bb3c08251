import { AppError, toWireError } from '../../../shared/errors/appError'
import type { EngineContract } from '../contract'
import type { EngineMethod, EnginePort, HostFrame } from './frames'

interface EngineContext<Event> {
  /** Aborted with AppError('cancelled'), so that `signal.throwIfAborted()` ends the request the right way. */
  readonly signal: AbortSignal
  readonly emit: (event: Event) => void
}

/** One function a method; whatever it throws reaches the caller as an AppError. */
export type EngineHandlers = {
  [Method in EngineMethod]: (
    input: EngineContract[Method]['input'],
    context: EngineContext<EngineContract[Method]['event']>,
  ) => Promise<EngineContract[Method]['output']>
}
type AnyHandler = (input: unknown, context: EngineContext<unknown>) => Promise<unknown>

/**
 * Answers the main process's requests with the handlers, for as long as the process lives. Requests run side by side; a
 * handler whose work cannot do that queues it itself. Each kind of process serves its own methods, and is asked for no others. Asked to stop, it aborts what runs, waits for it, and closes the port.
 */
export function serve<Served extends EngineMethod>(
  port: EnginePort,
  handlers: Pick<EngineHandlers, Served>,
): void {
  const running = new Map<number, { controller: AbortController; settled: Promise<void> }>()

  async function answer(frame: Extract<HostFrame, { kind: 'request' }>, signal: AbortSignal): Promise<void> {
    const { id } = frame
    try {
      // The frame's method and input belong together: the host's `request` is typed, and both ends are one build.
      const handler = handlers[frame.method as Served] as AnyHandler
      const output = await handler(frame.input, {
        signal,
        emit: (event) => port.send({ kind: 'event', id, event }),
      })
      port.send({ kind: 'result', id, output })
    } catch (thrown) {
      const cancelled = signal.aborted && thrown instanceof Error && thrown.name === 'AbortError'
      port.send({ kind: 'error', id, error: toWireError(cancelled ? signal.reason : thrown) })
    } finally {
      running.delete(id)
    }
  }

  async function stop(): Promise<void> {
    const rest = [...running.values()]
    for (const { controller } of rest) controller.abort(new AppError('cancelled', {}))
    await Promise.all(rest.map((request) => request.settled))
    port.close?.()
  }

  port.onMessage((message) => {
    const frame = message as HostFrame
    switch (frame.kind) {
      case 'request': {
        const controller = new AbortController()
        // Set before `answer` begins, so that its end finds the entry to delete.
        const entry = { controller, settled: Promise.resolve() }
        running.set(frame.id, entry)
        entry.settled = answer(frame, controller.signal)
        break
      }
      case 'cancel':
        running.get(frame.id)?.controller.abort(new AppError('cancelled', {}))
        break
      case 'stop':
        void stop()
        break
    }
  })
}
