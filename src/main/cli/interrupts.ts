/** npm passes a Ctrl-C on to a process that got it from the terminal as well: within this time it is the same one. */
const SAME_KEY_MS = 500
const KILLED_BY_INTERRUPT = 130

/**
 * The first Ctrl-C (or SIGTERM) aborts the signal that is returned, so that work ends cleanly; a second one ends the
 * process at once, and the engine processes with it.
 */
export function listenForInterrupts(): AbortSignal {
  const controller = new AbortController()
  let firstAt: number | null = null
  const onInterrupt = (): void => {
    if (firstAt === null) {
      firstAt = performance.now()
      controller.abort()
    } else if (performance.now() - firstAt > SAME_KEY_MS) {
      process.exit(KILLED_BY_INTERRUPT)
    }
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return controller.signal
}
