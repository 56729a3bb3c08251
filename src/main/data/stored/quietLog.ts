import type { Logger } from '../../../shared/logger'

/** Whoever joins a store tells of what is wrong by what it throws. */
const quiet = (): void => undefined
export const quietLog: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }
