/** So long after a pen was seen, a touch is taken for the hand that holds it. */
const penMemoryMs = 5000

/** Palm rejection: the pen wins over touch, and one pointer writes at a time. */
export class PalmGuard {
  #penSeenAtMs = -Infinity
  #writer: { id: number; type: string } | null = null

  /** Notes a pen that hovers or writes. Times are of one clock, in milliseconds. */
  noteSeen(type: string, nowMs: number): void {
    if (type === 'pen') this.#penSeenAtMs = nowMs
  }

  /**
   * Whether this pointer may start to write. 'instead' tells that it takes over from a touch that was writing,
   * whose stroke is to be dropped.
   */
  admit(id: number, type: string, nowMs: number): 'yes' | 'no' | 'instead' {
    this.noteSeen(type, nowMs)
    if (this.#writer) {
      if (type !== 'pen' || this.#writer.type !== 'touch') return 'no'
      this.#writer = { id, type }
      return 'instead'
    }
    if (type === 'touch' && nowMs - this.#penSeenAtMs < penMemoryMs) return 'no'
    this.#writer = { id, type }
    return 'yes'
  }

  isWriter(id: number): boolean {
    return this.#writer?.id === id
  }

  release(id: number): void {
    if (this.isWriter(id)) this.#writer = null
  }
}
