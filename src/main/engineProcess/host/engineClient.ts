import { AppError, fromWireError } from '../../../shared/errors/appError'
import type { EngineContract } from '../contract'
import type { EngineFrame, EngineMethod } from '../protocol/frames'
import type { EngineProcessHandle } from './engineProcessHandle'

export interface EngineRequestOptions<Event> {
  signal?: AbortSignal | undefined
  onEvent?: ((event: Event) => void) | undefined
  /** How long a cancelled request may take to end by itself before its process is killed, in milliseconds. */
  graceMs?: number | undefined
}

interface Pending {
  resolve(output: unknown): void
  reject(error: AppError): void
  onEvent(event: unknown): void
  cancelled: boolean
}

const DEFAULT_GRACE_MS = 5_000

/** Requests to one engine process, for as long as it lives. It is not started anew here: see EngineProcess. */
export class EngineClient {
  #nextId = 1
  readonly #pending = new Map<number, Pending>()
  #exitReason: string | null = null
  #stopping = false
  /** Whether its end was asked for, by stop() or by a cancelled request that did not end in time. */
  #killed = false
  /** Resolves once the process is gone. `wanted` tells its stop from a crash. */
  readonly exited: Promise<{ reason: string; wanted: boolean }>

  constructor(private readonly handle: EngineProcessHandle) {
    handle.onMessage((frame) => this.#receive(frame as EngineFrame))
    this.exited = new Promise((resolve) => {
      handle.onExit((reason) => {
        this.#exitReason = reason
        // First, so that a crash has been counted before anybody can ask again because of it.
        resolve({ reason, wanted: this.#stopping || this.#killed })
        for (const pending of this.#pending.values())
          pending.reject(this.#exitError(reason, pending.cancelled))
        this.#pending.clear()
      })
    })
  }

  get alive(): boolean {
    return this.#exitReason === null && !this.#stopping
  }

  /**
   * Runs one method. Rejects with what the handler threw, with 'engine-crashed' where the process went away, and with
   * 'cancelled' after the signal; a handler may also answer an abort with a result, as a training does.
   */
  request<Method extends EngineMethod>(
    method: Method,
    input: EngineContract[Method]['input'],
    options: EngineRequestOptions<EngineContract[Method]['event']> = {},
  ): Promise<EngineContract[Method]['output']> {
    const { signal, onEvent, graceMs = DEFAULT_GRACE_MS } = options
    if (signal?.aborted) return Promise.reject(new AppError('cancelled', {}))
    if (this.#exitReason !== null) return Promise.reject(this.#exitError(this.#exitReason, false))

    const id = this.#nextId++
    return new Promise<EngineContract[Method]['output']>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const cancel = (): void => {
        pending.cancelled = true
        this.handle.send({ kind: 'cancel', id })
        timer = setTimeout(() => {
          this.#killed = true
          this.handle.kill()
        }, graceMs)
      }
      const settle = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', cancel)
      }
      const pending: Pending = {
        cancelled: false,
        // Both ends are one build: what comes back for this id is this method's.
        onEvent: (event) => onEvent?.(event as EngineContract[Method]['event']),
        resolve: (output) => {
          settle()
          resolve(output)
        },
        reject: (error) => {
          settle()
          reject(error)
        },
      }
      this.#pending.set(id, pending)
      signal?.addEventListener('abort', cancel, { once: true })
      this.handle.send({ kind: 'request', id, method, input })
    })
  }

  /** Asks the process to end what it does and leave, and kills it after `graceMs`. Resolves once it is gone. */
  async stop(graceMs = 2_000): Promise<void> {
    this.#stopping = true
    if (this.#exitReason === null) {
      this.handle.send({ kind: 'stop' })
      const timer = setTimeout(() => this.handle.kill(), graceMs)
      await this.exited
      clearTimeout(timer)
    }
  }

  #receive(frame: EngineFrame): void {
    const pending = this.#pending.get(frame.id)
    if (!pending) return
    if (frame.kind === 'event') return pending.onEvent(frame.event)
    this.#pending.delete(frame.id)
    if (frame.kind === 'result') pending.resolve(frame.output)
    else pending.reject(fromWireError(frame.error))
  }

  #exitError(reason: string, cancelled: boolean): AppError {
    return cancelled || this.#stopping
      ? new AppError('cancelled', {})
      : new AppError('engine-crashed', { detail: reason })
  }
}
