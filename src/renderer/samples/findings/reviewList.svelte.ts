import type { SamplesClient } from '../samplesSession.svelte'
import { noSamples, pickShown, type ShownSample } from './shownSamples'

interface ReviewOptions<Item> {
  readonly client: Pick<SamplesClient, 'samples'>
  idsOf(item: Item): readonly number[]
  /** Whether it is still to be decided, as the samples are now. */
  isOpen(item: Item, samples: ReadonlyMap<number, ShownSample>): boolean
  /** The first sample of the item at which the user left off; null for none. */
  recall(): number | null
  remember(id: number): void
}

/**
 * Findings to go through one by one. What was decided is told by the samples themselves, so that an undo opens it again, and a
 * review goes on after a restart.
 */
export class ReviewList<Item> {
  items = $state.raw<readonly Item[]>([])
  /** Where the user is; what is there may be decided already. */
  place = $state(0)
  samples = $state.raw(noSamples)
  readonly #options: ReviewOptions<Item>

  constructor(options: ReviewOptions<Item>) {
    this.#options = options
  }

  get current(): Item | null {
    return this.items[this.place] ?? null
  }

  get left(): number {
    return this.items.filter((item) => this.isOpen(item)).length
  }

  isOpen(item: Item): boolean {
    return this.#options.isOpen(item, this.samples)
  }

  /** Shows other findings, from where the user left off with them. */
  async open(items: readonly Item[]): Promise<void> {
    const samples = await pickShown(
      this.#options.client,
      items.flatMap((item) => this.#options.idsOf(item)),
    )
    this.items = items
    this.samples = samples
    const left = this.#options.recall()
    const found = items.findIndex((item) => this.#options.idsOf(item)[0] === left)
    this.place = Math.max(0, found)
    const { current } = this
    if (current && !this.isOpen(current)) this.#toNextOpen()
  }

  /** Looks at the samples anew. Where an undo has opened something again, that is where to go on. */
  async refresh(): Promise<void> {
    const { items } = this
    const wasOpen = items.map((item) => this.isOpen(item))
    const samples = await pickShown(
      this.#options.client,
      items.flatMap((item) => this.#options.idsOf(item)),
    )
    if (items !== this.items) return
    this.samples = samples
    const reopened = items.findIndex((item, at) => !wasOpen[at] && this.isOpen(item))
    if (reopened >= 0) this.goTo(reopened)
  }

  /** To the next that is not decided. */
  skip(): void {
    this.#toNextOpen()
  }

  back(): void {
    this.goTo(Math.max(0, this.place - 1))
  }

  goTo(place: number): void {
    this.place = place
    const [id] = this.current ? this.#options.idsOf(this.current) : []
    if (id !== undefined) this.#options.remember(id)
  }

  /** After the last comes the first that was skipped. */
  #toNextOpen(): void {
    const { items, place } = this
    for (let step = 1; step <= items.length; step++) {
      const next = (place + step) % items.length
      const item = items[next]
      if (item && next !== place && this.isOpen(item)) return this.goTo(next)
    }
  }
}
