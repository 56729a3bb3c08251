// `npm run build`: installs what is missing and builds into out/ where the source has changed.
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'

try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  fail(error)
}
