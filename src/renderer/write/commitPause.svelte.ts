/** The pause after the last stroke, after which a sure reading is accepted by itself. */
export class CommitPause {
  /** Length of the running countdown, null where none runs. */
  runningMs = $state<number | null>(null)
  /** Tells one countdown from the next, so that its picture starts anew. */
  round = $state(0)
  readonly #onElapsed: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onElapsed: () => void) {
    this.#onElapsed = onElapsed
  }

  /** Starts, or starts anew. Null waits for ever. */
  start(durationMs: number | null): void {
    this.stop()
    if (durationMs === null) return
    this.runningMs = durationMs
    this.round++
    this.#timer = setTimeout(() => {
      this.runningMs = null
      this.#onElapsed()
    }, durationMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.runningMs = null
  }
}
