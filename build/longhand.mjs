// `npm run -s longhand -- ARGS`: installs and builds what is missing, then runs the command line.
import { fail } from './fail.mjs'
import { importLonghand } from './importLonghand.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { stopWithNpm } from './stopWithNpm.mjs'

stopWithNpm()
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  fail(error)
}
await importLonghand(process.argv.slice(2))
