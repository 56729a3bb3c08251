import { randomUUID } from 'node:crypto'
import type { TrainingStatus } from '../../shared/contract/training'
import type { TeachingEvent, TeachingResult } from '../../shared/teaching/teaching'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineRequestOptions } from '../engineProcess/host/engineClient'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'

/** A cancelled teaching still writes a checkpoint. */
const CANCEL_GRACE_MS = 60_000

type Told = EngineContract['teach']['event']
export type Teach = (
  engine: EngineProcess,
  options: EngineRequestOptions<Told>,
) => Promise<EngineContract['teach']['output']>

interface Hooks {
  /** @returns whether the model reads from now on */
  readonly onDone: (result: TeachingResult) => Promise<boolean>
  /** Awaited before anybody is told that it is over. */
  readonly onSettled: (error?: unknown) => Promise<void>
}

/** One teaching, from its start in an engine process of its own until that process is gone. */
export class TeachingJob {
  readonly id = randomUUID()
  /** Settles once its process is gone; it never rejects. */
  readonly released: Promise<void>
  readonly #events = new EventLog<TeachingEvent>((event) => event.event === 'step')
  readonly #controller = new AbortController()
  #state: TrainingStatus['state'] = 'running'

  constructor(
    private readonly engine: EngineProcess,
    private readonly about: Pick<TrainingStatus, 'name' | 'outFolder'>,
    teach: Teach,
    { onDone, onSettled }: Hooks,
  ) {
    const { signal } = this.#controller
    this.released = teach(engine, { signal, graceMs: CANCEL_GRACE_MS, onEvent: (event) => this.#take(event) })
      .then(async ({ path, result }) => {
        const activated = await onDone(result)
        await onSettled()
        this.#state = 'done'
        this.#events.push({ event: 'done', path, result, activated })
        this.#events.end()
      })
      .catch(async (error: unknown) => {
        await onSettled(error)
        this.#state = 'failed'
        this.#events.end({ error })
      })
      .then(() => engine.stop())
  }

  get status(): TrainingStatus {
    return { job: this.id, state: this.#state, ...this.about }
  }

  get isOver(): boolean {
    return this.#state === 'done' || this.#state === 'failed'
  }

  watch(signal?: AbortSignal): AsyncGenerator<TeachingEvent, void> {
    return this.#events.read(signal)
  }

  cancel(): void {
    this.#controller.abort()
  }

  /** Takes effect between two steps; the events tell when. */
  async pause(paused: boolean): Promise<void> {
    if (!this.isOver) await this.engine.request('pauseTeaching', { paused })
  }

  #take(event: Told): void {
    if (event.event === 'paused') this.#state = 'paused'
    if (event.event === 'resumed') this.#state = 'running'
    this.#events.push(event)
  }
}
