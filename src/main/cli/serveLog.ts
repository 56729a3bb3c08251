import type { Logger } from '../../shared/logger'

/** A log that also tells the user what went wrong, as a line a human can read; the file keeps everything. */
export function serveLog(file: Logger, tell: (line: string) => void): Logger {
  const describe = (details: object, message: string): string => {
    const fields = Object.entries(details).map(
      ([name, value]) => `${name}=${value instanceof Error ? value.message : JSON.stringify(value)}`,
    )
    return [message, ...fields].join(' ').replace(/\p{Cc}+/gu, ' ')
  }
  return {
    debug: (details, message) => file.debug(details, message),
    info: (details, message) => file.info(details, message),
    warn: (details, message) => {
      file.warn(details, message)
      tell(`warning: ${describe(details, message)}`)
    },
    error: (details, message) => {
      file.error(details, message)
      tell(`error: ${describe(details, message)}`)
    },
  }
}
