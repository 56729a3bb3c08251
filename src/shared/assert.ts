/** Throws unless `condition` holds. The message is a thunk, so that a passing check costs nothing. */
export function assert(condition: unknown, message: () => string): asserts condition {
  if (!condition) throw new Error(message())
}

/** Narrows away null and undefined, naming what was expected. */
export function assertExists<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing`)
  return value
}
