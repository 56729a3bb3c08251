import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../shared/errors/appError'
import type { Logger } from '../../../shared/logger'
import type { EngineContract } from '../contract'
import type { EngineMethod } from '../protocol/frames'
import { EngineClient, type EngineRequestOptions } from './engineClient'
import type { EngineInstance, EngineProcessHandle } from './engineProcessHandle'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

export interface EngineProcessOptions {
  spawn: (instance: EngineInstance) => EngineProcessHandle
  instance: EngineInstance
  log: Logger
  /** Waits before a start that follows a crash; replaced in tests. */
  wait?: (ms: number) => Promise<void>
  /** Called at the end of stop(), when its process is gone. */
  onStopped?: () => void
}

/**
 * One engine process that is there when it is needed: started by the first request, started again by the first one after
 * a crash, and that ever later while it keeps crashing without answering anything in between.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions
  #client: EngineClient | null = null
  #starting: Promise<EngineClient> | null = null
  #crashes = 0
  #stopped = false

  constructor(options: EngineProcessOptions) {
    this.#options = options
  }

  get instance(): EngineInstance {
    return this.#options.instance
  }

  /** As EngineClient.request. The request in flight during a crash is not repeated: it may be what caused it. */
  async request<Method extends EngineMethod>(
    method: Method,
    input: EngineContract[Method]['input'],
    options: EngineRequestOptions<EngineContract[Method]['event']> = {},
  ): Promise<EngineContract[Method]['output']> {
    const client = this.#client?.alive ? this.#client : await this.#started()
    const output = await client.request(method, input, options)
    this.#crashes = 0
    return output
  }

  /** Ends the process until the next request. */
  async rest(): Promise<void> {
    await this.#starting?.catch(() => undefined)
    await this.#client?.stop()
  }

  /** Ends the process, kills it where it does not end in time, and starts it no more. */
  async stop(graceMs?: number): Promise<void> {
    this.#stopped = true
    await this.#starting?.catch(() => undefined)
    await this.#client?.stop(graceMs)
    this.#options.onStopped?.()
  }

  /** One start for all requests that come meanwhile. */
  #started(): Promise<EngineClient> {
    return (this.#starting ??= this.#start().finally(() => (this.#starting = null)))
  }

  async #start(): Promise<EngineClient> {
    if (this.#crashes > 0) {
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (this.#crashes - 1), LONGEST_WAIT_MS)
      await (this.#options.wait ?? delay)(waitMs)
    }
    if (this.#stopped) throw new AppError('cancelled', {})
    return (this.#client = this.#spawn())
  }

  #spawn(): EngineClient {
    const { spawn, instance, log } = this.#options
    const handle = spawn(instance)
    const client = new EngineClient(handle)
    log.info({ instance, pid: handle.pid }, 'engine process started')
    void client.exited.then(({ reason, wanted }) => {
      if (this.#client === client) this.#client = null
      if (wanted) return log.info({ instance, pid: handle.pid, reason }, 'engine process ended')
      this.#crashes++
      log.error({ instance, pid: handle.pid, reason, crashes: this.#crashes }, 'engine process crashed')
    })
    return client
  }
}
