import { randomUUID } from 'node:crypto'
import type { TrainingStatus } from '../../shared/contract/training'
import { isAppError } from '../../shared/errors/appError'
import type { Provider } from '../../shared/training/recipe'
import type { TrainingEvent } from '../../shared/training/trainingEvent'
import type { EngineContract } from '../engineProcess/contract'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { EngineRequestOptions } from '../engineProcess/host/engineClient'
import { EventLog } from './eventLog'

/** A cancelled training still writes its checkpoint and its model, which takes a while with a large one. */
const CANCEL_GRACE_MS = 120_000

type Done = EngineContract['train']['output']
export type JobOptions = EngineRequestOptions<TrainingEvent>

/** One training, from its start in an engine process of its own until that process is gone. */
export class TrainingJob {
  readonly id = randomUUID()
  /** Settles once its process is gone; it never rejects. */
  readonly released: Promise<void>
  readonly #events = new EventLog<TrainingEvent>(
    (event) => event.event === 'step' || event.event === 'checkpoint',
  )
  readonly #controller = new AbortController()
  #state: TrainingStatus['state'] = 'running'
  #provider: Provider | 'tensorflow' | null = null

  /**
   * @param begin asks the engine for the training
   * @param onSettled awaited before anybody is told that it is over
   */
  constructor(
    private readonly engine: EngineProcess,
    private readonly about: Pick<TrainingStatus, 'name' | 'outFolder'>,
    begin: (options: JobOptions) => Promise<Done>,
    onSettled: (error?: unknown) => Promise<void>,
  ) {
    const options: JobOptions = {
      signal: this.#controller.signal,
      graceMs: CANCEL_GRACE_MS,
      onEvent: (event) => this.#take(event),
    }
    this.released = begin(options)
      .catch((error: unknown) => this.#goOnWithCpu(error, options))
      .then(
        async (done) => {
          await onSettled()
          this.#state = 'done'
          this.#events.push(done)
          this.#events.end()
        },
        async (error: unknown) => {
          await onSettled(error)
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

  watch(signal?: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    return this.#events.read(signal)
  }

  cancel(): void {
    this.#controller.abort()
  }

  /** Takes effect between two steps; the events tell when. */
  async pause(paused: boolean): Promise<void> {
    if (!this.isOver) await this.engine.request('pauseTraining', { paused })
  }

  #take(event: TrainingEvent): void {
    // 'done' comes as the result too, and only once.
    if (event.event === 'done') return
    if (event.event === 'paused') this.#state = 'paused'
    if (event.event === 'resumed') this.#state = 'running'
    if (event.event === 'started') {
      this.#provider = event.engine === 'tensorflow' ? 'tensorflow' : event.provider
    }
    if (event.event === 'provider-changed') this.#provider = event.to
    this.#events.push(event)
  }

  /** A driver that takes the whole process with it cannot be answered within it: a new one goes on at the checkpoint. */
  async #goOnWithCpu(error: unknown, options: JobOptions): Promise<Done> {
    const from = this.#provider
    if (!isAppError(error, 'engine-crashed') || from === null || from === 'cpu') throw error
    this.#take({ event: 'provider-changed', from, to: 'cpu', reason: error.data.detail })
    const folder = this.about.outFolder
    return this.engine.request(
      'resumeTraining',
      {
        ...{ folder, learningRate: null, epochs: null },
        ...{ provider: 'cpu', engine: 'onnx', tensorflowFolder: '' },
      },
      options,
    )
  }
}
