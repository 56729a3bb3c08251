import type { Client } from '../../shared/contract/client'
import type { TrainingStatus } from '../../shared/contract/training'
import { toAppError } from '../../shared/contract/clientError'
import type { Provider } from '../../shared/training/recipe'
import type { TeachingEvent, TeachingPlan, TeachingRung } from '../../shared/teaching/teaching'

type Epoch = Extract<TeachingEvent, { event: 'epoch' }>
type Stage = Extract<TeachingEvent, { event: 'stage' }>
type Step = Extract<TeachingEvent, { event: 'step' }>
export type FinishedTeaching = Extract<TeachingEvent, { event: 'done' }>

/** One training of a teaching, as far as it came: what its curves are drawn of. */
export interface StageCourse {
  readonly stage: Stage
  readonly losses: readonly { readonly step: number; readonly loss: number }[]
  readonly epochs: readonly Epoch[]
  /** The newest step; null before the first. */
  readonly step: Step | null
}

/** A teaching as it is watched. It goes on in its own process whether it is watched or not. */
export class TeachingRun {
  state = $state<'running' | 'paused' | 'done' | 'cancelled' | 'failed'>('running')
  plan = $state.raw<TeachingPlan | null>(null)
  rung = $state<TeachingRung | null>(null)
  /** What computes the trainings. */
  provider = $state<Provider>('cpu')
  /** Trainings so far, the one that runs last. */
  stages = $state.raw<readonly StageCourse[]>([])
  finished = $state.raw<FinishedTeaching | null>(null)
  /** Whether an end was asked for that is not there yet. */
  isEnding = $state(false)
  readonly job: string
  readonly name: string
  readonly #client: Pick<Client, 'teaching'>
  readonly #onError: (thrown: unknown) => void
  readonly #onOver: () => void

  constructor(
    client: Pick<Client, 'teaching'>,
    { job, name, state }: Pick<TrainingStatus, 'job' | 'name' | 'state'>,
    onOver: () => void,
    onError: (thrown: unknown) => void,
  ) {
    this.#client = client
    this.#onOver = onOver
    this.#onError = onError
    this.job = job
    this.name = name
    this.state = state
  }

  get isOver(): boolean {
    return this.state !== 'running' && this.state !== 'paused'
  }

  get current(): StageCourse | null {
    return this.stages.at(-1) ?? null
  }

  /** Takes all events from the first on, until it is over or the line breaks; after that it can be called again. */
  async watch(): Promise<void> {
    this.stages = []
    try {
      for await (const event of await this.#client.teaching.watch({ job: this.job })) this.#take(event)
    } catch (thrown) {
      const { code } = toAppError(thrown)
      if (code === 'connection-lost') return
      this.state = code === 'cancelled' ? 'cancelled' : 'failed'
      this.#onError(thrown)
    }
    this.#onOver()
  }

  async pause(): Promise<void> {
    await this.#ask(() => this.#client.teaching.pause({ job: this.job }))
  }

  async resume(): Promise<void> {
    await this.#ask(() => this.#client.teaching.resume({ job: this.job }))
  }

  async cancel(): Promise<void> {
    this.isEnding = true
    await this.#ask(() => this.#client.teaching.cancel({ job: this.job }))
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request()
    } catch (thrown) {
      this.isEnding = false
      this.#onError(thrown)
    }
  }

  #take(event: TeachingEvent): void {
    switch (event.event) {
      case 'started':
        this.plan = event.plan
        this.rung = event.rung
        this.provider = event.provider
        break
      case 'stage':
        this.stages = [...this.stages, { stage: event, losses: [], epochs: [], step: null }]
        break
      case 'step':
        this.#extend(({ losses }) => ({
          step: event,
          losses: [...losses, { step: event.step, loss: event.loss }],
        }))
        break
      case 'epoch':
        this.#extend(({ epochs }) => ({ epochs: [...epochs, event] }))
        break
      case 'provider-changed':
        this.provider = event.to
        break
      case 'paused':
        this.state = 'paused'
        break
      case 'resumed':
        this.state = 'running'
        break
      case 'done':
        this.finished = event
        this.state = 'done'
    }
  }

  #extend(change: (course: StageCourse) => Partial<StageCourse>): void {
    const { current } = this
    if (current) this.stages = [...this.stages.slice(0, -1), { ...current, ...change(current) }]
  }
}
