/** Says in one line on stderr what went wrong, and ends with exit code 1. */
export function fail(/** @type {unknown} */ error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
