// `npm run check`: everything of `npm test` that does not run the program.
import { fail } from './fail.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { runStaticChecks } from './testing/runStaticChecks.mjs'

try {
  await ensureInstalled()
  const { failed } = await runStaticChecks()
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}`)
} catch (error) {
  fail(error)
}
