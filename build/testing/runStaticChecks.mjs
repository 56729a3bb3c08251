import { staticChecks } from './staticChecks.mjs'

/** Two cores are what the slowest machine that we care for has. */
const atATime = 2

/**
 * Runs every static check and prints how it went, with the output of those that failed.
 *
 * @returns {Promise<{ passed: string[], failed: string[] }>} the names of the checks
 */
export async function runStaticChecks() {
  const waiting = [...staticChecks]
  /** @type {string[]} */
  const passed = []
  /** @type {string[]} */
  const failed = []
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const startedAt = performance.now()
      const { code, output } = await check.run()
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      if (code === 0) {
        passed.push(check.name)
        console.log(`ok      ${check.name} (${seconds} s)`)
      } else {
        failed.push(check.name)
        console.log(`FAILED  ${check.name} (${seconds} s)\n${output.trim()}\n`)
      }
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
  return { passed, failed }
}
