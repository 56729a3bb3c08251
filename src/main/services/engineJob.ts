import { randomUUID } from 'node:crypto'
import type { TrainingStatus } from '../../shared/contract/training'
import type { EngineRequestOptions } from '../engineProcess/host/engineClient'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'

/** What is cancelled still writes its checkpoint and its model, which takes a while with a large one. */
const CANCEL_GRACE_MS = 120_000

/** What a job does. */
export interface JobWork<Event> {
  /**
   * Asks the engine for it.
   * @returns the last of its events, 'done'
   */
  begin(engine: EngineProcess, options: EngineRequestOptions<Event>): Promise<Event>
  pause(engine: EngineProcess, paused: boolean): Promise<unknown>
  /** Events of which a long job need not keep all; see EventLog. */
  isMinor(event: Event): boolean
  /** Awaited before anybody is told that it is over. */
  onSettled(error?: unknown): Promise<void>
}

/** One training or teaching, from its start in an engine process of its own until that process is gone. */
export class EngineJob<Event extends { readonly event: string }> {
  readonly id = randomUUID()
  /** Settles once its process is gone; it never rejects. */
  readonly released: Promise<void>
  readonly #events: EventLog<Event>
  readonly #controller = new AbortController()
  #state: TrainingStatus['state'] = 'running'

  constructor(
    private readonly engine: EngineProcess,
    private readonly about: Pick<TrainingStatus, 'name' | 'outFolder'>,
    private readonly work: JobWork<Event>,
  ) {
    this.#events = new EventLog<Event>((event) => work.isMinor(event))
    const { signal } = this.#controller
    this.released = work
      .begin(engine, { signal, graceMs: CANCEL_GRACE_MS, onEvent: (event) => this.#take(event) })
      .then(
        async (done) => {
          await work.onSettled()
          this.#state = 'done'
          this.#events.push(done)
          this.#events.end()
        },
        async (error: unknown) => {
          await work.onSettled(error)
          this.#state = 'failed'
          this.#events.end({ error })
        },
      )
      .then(() => engine.stop())
  }

  get status(): TrainingStatus {
    return { job: this.id, state: this.#state, ...this.about }
  }

  get isOver(): boolean {
    return this.#state === 'done' || this.#state === 'failed'
  }

  watch(signal?: AbortSignal): AsyncGenerator<Event, void> {
    return this.#events.read(signal)
  }

  cancel(): void {
    this.#controller.abort()
  }

  /** Takes effect between two steps; the events tell when. */
  async pause(paused: boolean): Promise<void> {
    if (!this.isOver) await this.work.pause(this.engine, paused)
  }

  #take(event: Event): void {
    // 'done' comes as the result too, and only once.
    if (event.event === 'done') return
    if (event.event === 'paused') this.#state = 'paused'
    if (event.event === 'resumed') this.#state = 'running'
    this.#events.push(event)
  }
}
