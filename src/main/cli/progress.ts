import { SingleBar } from 'cli-progress'
import type { Environment } from './environment'

/** How far something is. On a terminal it is a bar; elsewhere it is silent, so that logs stay readable. */
export interface Progress {
  /** @param fields the values of the format's own fields; those left out keep theirs */
  update(done: number, total: number, fields?: Readonly<Record<string, string | number>>): void
  /** Changes values of the format's own fields, to be shown at the next update. */
  note(fields: Readonly<Record<string, string | number>>): void
  /** Takes the bar away, so that lines can be written; the next update brings it back. */
  stop(): void
}

/** @param format of cli-progress, such as '{bar} {percentage}% loss {loss}' */
export function createProgress(
  environment: Pick<Environment, 'stderr'>,
  format: string,
  fields: Readonly<Record<string, string | number>> = {},
): Progress {
  const { stderr } = environment
  if (!stderr.isTTY) return { update: () => undefined, note: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format,
    stream: stderr,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is the command's own matter.
    gracefulExit: false,
  })
  const shown = { ...fields }
  return {
    update(done, total, changed = {}) {
      Object.assign(shown, changed)
      if (!bar.isActive) bar.start(total, done, shown)
      bar.setTotal(total)
      bar.update(done, shown)
    },
    note: (changed) => void Object.assign(shown, changed),
    stop: () => {
      if (bar.isActive) bar.stop()
    },
  }
}
