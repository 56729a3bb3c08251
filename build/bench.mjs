// `npm run bench -- NAME ARGS`: installs and builds what is missing, then measures.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { findChromium } from './prepare/findChromium.mjs'
import { repositoryRoot } from './repository.mjs'
import { stopWithNpm } from './stopWithNpm.mjs'

stopWithNpm()
try {
  await ensureInstalled()
  await ensureBuilt()
  // Those that look at the page, too, take what is there.
  if (['samples', 'soak', 'start'].includes(process.argv[2] ?? ''))
    process.env.LONGHAND_CHROMIUM = (await findChromium()) ?? ''
} catch (error) {
  fail(error)
}
await import(pathToFileURL(join(repositoryRoot, 'out', 'main', 'bench.js')).href)
