import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino, type DestinationStream, type Level } from 'pino'
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
 * The log of the app: one JSON object a line in `logs/longhand.log` of the data folder. What grew large becomes
 * `longhand.1.log`, so that at most two files of that size are kept. A folder that cannot be written is no reason not to
 * start: the log then goes to standard error.
 */
export function createFileLog(dataFolder: string, level: LogLevel = 'info'): Logger {
  const folder = join(dataFolder, 'logs')
  const file = join(folder, 'longhand.log')
  try {
    mkdirSync(folder, { recursive: true })
    return pino(options(level), new RotatingFile(file, join(folder, 'longhand.1.log')))
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

/** Written line by line, at once: the last lines before a crash are those that are needed. */
class RotatingFile implements DestinationStream {
  #descriptor: number
  #bytes: number

  constructor(
    private readonly file: string,
    private readonly older: string,
  ) {
    this.#descriptor = openSync(file, 'a')
    this.#bytes = fstatSync(this.#descriptor).size
  }

  write(line: string): void {
    try {
      if (this.#bytes > LARGEST_BYTES) this.#rotate()
      this.#bytes += writeSync(this.#descriptor, line)
    } catch {
      // A full disk must not take down what writes about it.
    }
  }

  #rotate(): void {
    closeSync(this.#descriptor)
    renameSync(this.file, this.older)
    this.#descriptor = openSync(this.file, 'a')
    this.#bytes = 0
  }
}
