// `npm run bench -- NAME ARGS`: installs and builds what is missing, then measures.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { repositoryRoot } from './repository.mjs'
import { stopWithNpm } from './stopWithNpm.mjs'

stopWithNpm()
try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  fail(error)
}
await import(pathToFileURL(join(repositoryRoot, 'out', 'main', 'bench.js')).href)
