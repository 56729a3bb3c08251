/** Of events that only say how far something is, as many are replayed as make a smooth curve. */
const MINOR_LIMIT = 4096

/**
 * The events of a long piece of work: each reader gets all of them from the first on, whenever it joins, then those to
 * come. Where more than MINOR_LIMIT minor ones have gathered, every second of them is forgotten, so that a run of days
 * stays small; who is reading at the time misses none.
 */
export class EventLog<Event> {
  #events: Event[] = []
  #minor = 0
  #end: { error?: unknown } | null = null
  readonly #readers = new Set<{ queue: Event[]; wake(): void }>()

  constructor(private readonly isMinor: (event: Event) => boolean = () => false) {}

  push(event: Event): void {
    if (this.#end) return
    this.#events.push(event)
    if (this.isMinor(event) && ++this.#minor > MINOR_LIMIT) this.#thinOut()
    for (const reader of this.#readers) {
      reader.queue.push(event)
      reader.wake()
    }
  }

  /** No more events will come. With an error, readers get it after the last event. */
  end(end: { error?: unknown } = {}): void {
    this.#end ??= end
    for (const reader of this.#readers) reader.wake()
  }

  /** Ends with the log, by throwing its error, or quietly once the signal is aborted. */
  async *read(signal?: AbortSignal): AsyncGenerator<Event, void> {
    let wake = (): void => undefined
    const reader = { queue: [...this.#events], wake: () => wake() }
    const onAbort = (): void => wake()
    this.#readers.add(reader)
    signal?.addEventListener('abort', onAbort)
    try {
      while (!signal?.aborted) {
        const waiting = reader.queue.splice(0)
        if (waiting.length > 0) {
          yield* waiting
        } else if (this.#end) {
          if ('error' in this.#end) throw this.#end.error
          return
        } else {
          await new Promise<void>((resolve) => (wake = resolve))
        }
      }
    } finally {
      this.#readers.delete(reader)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  #thinOut(): void {
    let seen = 0
    this.#events = this.#events.filter((event) => !this.isMinor(event) || seen++ % 2 === 0)
    this.#minor = Math.ceil(this.#minor / 2)
  }
}
