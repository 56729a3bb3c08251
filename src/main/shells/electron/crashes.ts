import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter } from 'electron'
import type { Logger } from '../../../shared/logger'

/** An app that fails within this time would fail again, and again. */
const SHORTEST_RUN_SECONDS = 30

/**
 * Keeps what Chromium writes in the data folder too: who removes that has removed everything. Dumps of crashes are among it,
 * and nothing is sent anywhere. Before Electron is ready.
 */
export function keepEverythingIn(dataFolder: string): void {
  for (const [name, folder] of [
    ['userData', 'browser'],
    ['crashDumps', 'crashes'],
  ] as const) {
    const path = join(dataFolder, folder)
    // Electron takes no folder that is not there.
    mkdirSync(path, { recursive: true })
    app.setPath(name, path)
  }
  crashReporter.start({ uploadToServer: false })
}

/**
 * A file that is there while the app runs: found at the start, it tells that the last run did not end by itself.
 *
 * @returns whether it did not
 */
export function markRunning(dataFolder: string): boolean {
  const file = markOf(dataFolder)
  const wasRunning = existsSync(file)
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(file, `${process.pid}\n`)
  return wasRunning
}

export function unmarkRunning(dataFolder: string): void {
  rmSync(markOf(dataFolder), { force: true })
}

function markOf(dataFolder: string): string {
  return join(dataFolder, 'running')
}

/**
 * What nobody caught in the main process ends it, because nothing can be relied on after it; the app is started again, where
 * it ran long enough for that to help. The mark stays, so that the next run tells the user.
 */
export function restartAfterFault(log: Logger, tell: () => void): void {
  const end = (error: unknown): void => {
    log.error({ error }, 'the app failed')
    if (process.uptime() > SHORTEST_RUN_SECONDS) app.relaunch()
    else tell()
    app.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') log.error({ type, reason, exitCode, name }, 'a process of the app is gone')
  })
}
