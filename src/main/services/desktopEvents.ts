import type { DesktopEvent } from '../../shared/contract/desktop'

/** What waits while no page reads; a page that is away for long has no use for more. */
const MOST_WAITING = 100

/**
 * What the shell has for the page, in order. Each event is given out once: what comes while no page reads waits for one, so
 * that a file that the app was started with is not lost. Outside of the desktop shell nothing ever comes.
 */
export class DesktopEvents {
  #waiting: DesktopEvent[] = []
  /** The reader that gets the next event, and the way to wake it. */
  #reader = { wake: (): void => undefined }

  push(event: DesktopEvent): void {
    this.#waiting = [...this.#waiting, event].slice(-MOST_WAITING)
    this.#reader.wake()
  }

  /** Ends when the signal is aborted, or when a later reader takes over, such as the page after it was loaded again. */
  async *read(signal?: AbortSignal): AsyncGenerator<DesktopEvent, void> {
    const reader = { wake: (): void => undefined }
    this.#reader.wake()
    this.#reader = reader
    const onAbort = (): void => reader.wake()
    signal?.addEventListener('abort', onAbort)
    try {
      while (this.#reader === reader && !signal?.aborted) {
        const event = this.#waiting.shift()
        if (event) yield event
        else await new Promise<void>((resolve) => (reader.wake = resolve))
      }
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }
}
