import type { EnginePort } from './frames'

/** What Electron gives a utility process in place of Node's own channel. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/**
 * The line to the process that started this one: Electron's utilityProcess or Node's child_process.fork. It also ties this
 * process's life to its parent's: without a parent, nobody would ever end it.
 */
export function openProcessPort(): EnginePort {
  // Ctrl-C in a terminal reaches the whole group of processes. The parent decides what it means, and says so by a frame.
  process.on('SIGINT', () => undefined)
  const close = (): void => process.exit(0)

  const { parentPort } = process as { parentPort?: ParentPort }
  if (parentPort) {
    return {
      send: (frame) => parentPort.postMessage(frame),
      onMessage: (listener) => void parentPort.on('message', (event) => listener(event.data)),
      close,
    }
  }
  process.on('disconnect', close)
  return {
    send: (frame) => void process.send?.(frame),
    onMessage: (listener) => void process.on('message', listener),
    close,
  }
}
