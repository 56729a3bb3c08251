/** How many may come at once, and how many a second in the long run. */
export interface Rate {
  burst: number
  perSecond: number
}

/** A limit of rate: a bucket that each request takes one from, and that fills again with time. */
export class TokenBucket {
  #left: number
  #filledMs: number

  /** @param now the time in ms, from any beginning */
  constructor(
    private readonly rate: Rate,
    private readonly now: () => number,
  ) {
    this.#left = rate.burst
    this.#filledMs = now()
  }

  /** Takes one. @returns 0, or, where there is none, the whole seconds until there is */
  take(): number {
    const { burst, perSecond } = this.rate
    const nowMs = this.now()
    this.#left = Math.min(burst, this.#left + ((nowMs - this.#filledMs) / 1000) * perSecond)
    this.#filledMs = nowMs
    if (this.#left < 1) return Math.ceil((1 - this.#left) / perSecond)
    this.#left -= 1
    return 0
  }
}
