/** A command line that cannot be meant: exit code 2. Anything that goes wrong later is an AppError, and exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
