interface Progress {
  readonly event: 'progress'
  readonly done: number
  readonly total: number
  readonly step?: string
}
type Finished<Done> = { readonly event: 'done' } & Done

/** One piece of long work at a time: how far it is, and a way to cancel it. */
export class Work {
  isRunning = $state(false)
  /** 0 to 1. */
  share = $state(0)
  /** What it is at; null where it has only one step. */
  step = $state<string | null>(null)
  readonly #failed: (thrown: unknown) => void
  #abort: AbortController | null = null

  constructor(failed: (thrown: unknown) => void) {
    this.#failed = failed
  }

  /** Begins it, and gives its last event; null where it failed or was cancelled. */
  async run<Done>(
    begin: (signal: AbortSignal) => PromiseLike<AsyncIterable<Progress | Finished<Done>>>,
  ): Promise<Done | null> {
    this.cancel()
    const abort = new AbortController()
    this.#abort = abort
    this.isRunning = true
    this.share = 0
    this.step = null
    try {
      for await (const event of await begin(abort.signal)) {
        if (event.event === 'done') return event
        this.share = event.total === 0 ? 0 : event.done / event.total
        this.step = event.step ?? null
      }
    } catch (thrown) {
      if (!abort.signal.aborted) this.#failed(thrown)
    } finally {
      if (this.#abort === abort) this.isRunning = false
    }
    return null
  }

  cancel(): void {
    this.#abort?.abort()
  }
}
