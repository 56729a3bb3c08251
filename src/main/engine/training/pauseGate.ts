/** Where a training waits between two steps while it is paused. */
export class PauseGate {
  #closed: { readonly opened: Promise<void>; readonly open: () => void } | null = null

  get isClosed(): boolean {
    return this.#closed !== null
  }

  close(): void {
    if (this.#closed) return
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => (open = resolve))
    this.#closed = { opened, open }
  }

  open(): void {
    this.#closed?.open()
    this.#closed = null
  }

  /** Waits until it is open; rejects once the signal is aborted. */
  async passed(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { opened } = this.#closed ?? {}
    let onAbort = (): void => undefined
    const aborted = new Promise<void>((resolve) => (onAbort = resolve))
    signal.addEventListener('abort', onAbort)
    await Promise.race([opened, aborted])
    signal.removeEventListener('abort', onAbort)
    signal.throwIfAborted()
  }
}
