import type { Client } from '../../shared/contract/client'
import { toAppError } from '../../shared/contract/clientError'
import type { Dataset } from '../../shared/contract/datasets'
import type { ModelEntry } from '../../shared/contract/registry'
import type {
  TeachingMode,
  TeachingOutlook,
  TeachingResult,
  TeachingTuning,
} from '../../shared/teaching/teaching'
import { choicesOf, type SamplesChoice } from './samplesChoice'
import { TeachingRun } from './teachingRun.svelte'
import { vacantName } from './vacantName'

export type Door = 'fix' | 'style'
export const teachSteps = ['samples', 'training', 'run', 'result'] as const
export type TeachStep = (typeof teachSteps)[number]

type TeachClient = Pick<Client, 'teaching' | 'models' | 'datasets' | 'samples'>

/** What is asked for besides the model, the samples and the name. */
export interface TeachingWish {
  readonly mode: TeachingMode
  readonly seed: number
  readonly largestBaseLoss: number
  readonly tuning: TeachingTuning
}
const usualWish: TeachingWish = { mode: 'auto', seed: 1, largestBaseLoss: 0.005, tuning: {} }

/** The way through the Teach screen, kept while other screens are on show. */
export class TeachSession {
  /** Null is the start of the way, with its two doors. */
  step = $state<TeachStep | null>(null)
  door = $state<Door>('style')
  models = $state.raw<readonly ModelEntry[]>([])
  datasets = $state.raw<readonly Dataset[]>([])
  unfinished = $state.raw<readonly string[]>([])
  /** The model to start from. */
  base = $state('')
  chosenData = $state<string | null>(null)
  /** What the samples cover; null while that is found out, and where there are none. */
  plan = $state.raw<TeachingOutlook | null>(null)
  /** The base's classes, for where there are no samples to cover them. */
  classes = $state.raw<readonly string[]>([])
  isPlanning = $state(false)
  name = $state('')
  /** Characters that are proposed to be written; null proposes what is missing. */
  proposed = $state.raw<readonly string[] | null>(null)
  wish = $state.raw<TeachingWish>(usualWish)
  run = $state.raw<TeachingRun | null>(null)
  /** Of the model that is looked at. */
  result = $state.raw<TeachingResult | null>(null)
  readonly #client: TeachClient
  readonly #onError: (thrown: unknown) => void
  #planning = 0

  constructor(client: TeachClient, onError: (thrown: unknown) => void) {
    this.#client = client
    this.#onError = onError
  }

  get choices(): readonly SamplesChoice[] {
    return choicesOf(this.datasets)
  }

  get choice(): SamplesChoice | null {
    return this.choices.find(({ data }) => data === this.chosenData) ?? this.choices[0] ?? null
  }

  /** Models that can be taught: those that data of their own kind travels with. */
  get teachable(): readonly ModelEntry[] {
    return this.models.filter(({ replay }) => replay)
  }

  /** The model whose result is on show, while it is there. */
  get taught(): ModelEntry | null {
    return this.models.find(({ name }) => name === this.result?.model) ?? null
  }

  /** Looks at what there is, and joins a teaching that runs. */
  async load(): Promise<void> {
    await this.#try(async () => {
      const [status] = await Promise.all([this.#client.teaching.status(), this.#loadLists()])
      const isActive = status?.state === 'running' || status?.state === 'paused'
      if (status && isActive && this.run?.job !== status.job) this.#follow(status)
      else if (this.run && !this.run.isOver) void this.run.watch()
    })
  }

  enter(door: Door): void {
    this.door = door
    this.wish = usualWish
    this.result = null
    this.proposed = null
    this.base = this.teachable.find(({ active }) => active)?.name ?? this.teachable[0]?.name ?? ''
    this.#proposeName()
    this.step = 'samples'
    void this.loadPlan()
  }

  chooseBase(base: string): void {
    this.base = base
    this.#proposeName()
    void this.loadPlan()
  }

  chooseData(data: string): void {
    this.chosenData = data
    void this.loadPlan()
  }

  /** Finds out what the samples cover; of several that are asked for, the last counts. */
  async loadPlan(): Promise<void> {
    const { base, choice } = this
    if (base === '' || !choice) return
    const planning = ++this.#planning
    this.isPlanning = true
    try {
      this.classes = (await this.#client.models.card({ model: base })).spec.classes
      const plan = await this.#client.teaching.plan({ base, data: choice.data })
      if (planning === this.#planning) this.plan = plan
    } catch (thrown) {
      if (planning !== this.#planning) return
      this.plan = null
      // That there are none yet is seen in what they cover.
      if (toAppError(thrown).code !== 'data-empty') this.#onError(thrown)
    } finally {
      if (planning === this.#planning) this.isPlanning = false
    }
  }

  /** Back to the samples, to write these and teach again from the model that is in use. */
  writeMore(labels: readonly string[]): void {
    this.enter(this.door)
    this.proposed = labels
  }

  tune(tuning: TeachingTuning): void {
    this.wish = { ...this.wish, tuning }
  }

  /** @param share of the base's abilities that may be lost; what is none is not taken */
  limitBaseLoss(share: number): void {
    if (share >= 0 && share <= 1) this.wish = { ...this.wish, largestBaseLoss: share }
  }

  async start(): Promise<void> {
    const { base, choice, name, wish } = this
    if (!choice) return
    await this.#try(async () => {
      const { job } = await this.#client.teaching.start({ base, data: choice.data, name, ...wish })
      this.#follow({ job, name, state: 'running' })
    })
  }

  async resume(name: string): Promise<void> {
    await this.#try(async () => {
      const { job } = await this.#client.teaching.resumeFrom({ name })
      this.#follow({ job, name, state: 'running' })
    })
  }

  async discardUnfinished(name: string): Promise<void> {
    await this.#try(async () => {
      await this.#client.teaching.discard({ name })
      await this.#loadLists()
    })
  }

  /** Shows what came of an earlier teaching. */
  async showResult(model: string): Promise<void> {
    await this.#try(async () => {
      await this.#loadLists()
      this.result = await this.#client.teaching.result({ model })
      this.step = this.result ? 'result' : null
    })
  }

  /** Reads with the taught model from now on. */
  async keep(): Promise<void> {
    await this.#changeModels(() => this.#client.models.activate({ model: this.result?.model ?? '' }))
  }

  async rollBack(): Promise<void> {
    await this.#changeModels(() => this.#client.models.rollBack())
  }

  /** Deletes the taught model; the way begins anew. */
  async discard(): Promise<void> {
    await this.#changeModels(async () => {
      await this.#client.models.delete({ model: this.result?.model ?? '' })
      this.leave()
    })
  }

  /** Back to the two doors. A teaching that runs goes on. */
  leave(): void {
    this.step = null
    this.result = null
  }

  #follow(status: ConstructorParameters<typeof TeachingRun>[1]): void {
    const run = new TeachingRun(this.#client, status, () => void this.#afterRun(run), this.#onError)
    this.run = run
    this.step = 'run'
    void run.watch()
  }

  async #afterRun(run: TeachingRun): Promise<void> {
    await this.#try(() => this.#loadLists())
    if (!run.finished || this.run !== run) return
    this.result = run.finished.result
    if (this.step === 'run') this.step = 'result'
  }

  async #loadLists(): Promise<void> {
    const [models, datasets, unfinished] = await Promise.all([
      this.#client.models.list(),
      this.#client.datasets.list(),
      this.#client.teaching.unfinished(),
    ])
    this.models = models
    this.datasets = datasets
    this.unfinished = unfinished
  }

  async #changeModels(change: () => Promise<unknown>): Promise<void> {
    await this.#try(async () => {
      await change()
      await this.#loadLists()
    })
  }

  #proposeName(): void {
    const taken = [...this.models.map(({ name }) => name), ...this.unfinished]
    this.name = vacantName(this.base, taken)
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      this.#onError(thrown)
    }
  }
}
