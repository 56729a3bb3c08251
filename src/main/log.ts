import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino, type Level } from 'pino'
import type { Logger } from '../shared/logger'

export type LogLevel = Level | 'silent'

const LARGEST_BYTES = 4 * 1024 * 1024

const options = (level: LogLevel) => ({
  level,
  // Without the machine's name: logs are what people attach to bug reports.
  base: { pid: process.pid },
  serializers: { error: pino.stdSerializers.err },
})

/**
 * The log of the app: one JSON object a line in `logs/longhand.log` of the data folder. What grew large by the time of the
 * start becomes `longhand.1.log`, so at most two files of about that size are kept. A folder that cannot be written is no
 * reason not to start: the log then goes to standard error.
 */
export function createFileLog(dataFolder: string, level: LogLevel = 'info'): Logger {
  const folder = join(dataFolder, 'logs')
  const file = join(folder, 'longhand.log')
  try {
    mkdirSync(folder, { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) {
      renameSync(file, join(folder, 'longhand.1.log'))
    }
    // Written line by line: the last lines before a crash are those that are needed.
    return pino(options(level), destination({ dest: file, sync: true }))
  } catch (error) {
    const log = createErrorLog(level)
    log.warn({ file, error }, 'the log file cannot be written')
    return log
  }
}

/** The log of the command line: to standard error, and silent unless it is asked for. */
export function createErrorLog(level: LogLevel = 'silent'): Logger {
  return pino(options(level), destination({ dest: 2, sync: true }))
}
