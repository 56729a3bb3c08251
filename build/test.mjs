// `npm test`: installs what is missing, runs every static check and every test, and ends with one line that counts them.
// A static check counts as one test. Arguments after `--` go to Vitest.
import { ensureChromium } from './prepare/ensureChromium.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { ensureTensorflow } from './prepare/ensureTensorflow.mjs'
import { runStaticChecks } from './testing/runStaticChecks.mjs'
import { runVitest } from './testing/runVitest.mjs'
import { buildCheckName } from './testing/staticChecks.mjs'

/** @returns {Promise<import('./testing/summaryReporter.mjs').TestSummary>} of checks and tests together */
async function runEverything() {
  await ensureInstalled()
  const chromium = await ensureChromium()
  if (chromium === null) console.error('NO CHROMIUM: the browser tests will be skipped.')
  else process.env.LONGHAND_CHROMIUM = chromium
  const checks = await runStaticChecks()
  const isBuilt = !checks.failed.includes(buildCheckName)
  if (!isBuilt) console.log('Without a build, only the unit tests can run.')
  const noTensorflow = isBuilt ? await ensureTensorflow() : 'there is no build'
  if (noTensorflow !== null) console.error(`NO TENSORFLOW (${noTensorflow}): its tests will be skipped.`)
  const args = process.argv.slice(2)
  const tests = await runVitest(isBuilt ? args : ['--project', 'unit', ...args])
  return {
    passed: checks.passed.length + tests.passed,
    failed: [...checks.failed, ...tests.failed],
    skipped: tests.skipped,
  }
}

const { passed, failed, skipped } = await runEverything().catch((/** @type {unknown} */ error) => {
  console.error(error)
  return { passed: 0, failed: [error instanceof Error ? error.message : String(error)], skipped: [] }
})
console.log()
for (const { name, reason } of skipped) console.log(`SKIPPED ${name}: ${reason}`)
for (const name of failed) console.log(`FAILED  ${name}`)
process.exitCode = failed.length > 0 ? 1 : 0
console.log(
  `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
)
