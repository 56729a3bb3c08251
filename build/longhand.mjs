// `npm run -s longhand -- ARGS`: installs and builds what is missing, then becomes the command line itself. It is imported,
// not started as a child, so that standard input, Ctrl-C and the exit code need nobody to pass them on.
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
const program = join(repositoryRoot, 'out', 'main', 'longhand.js')
process.argv[1] = program
await import(pathToFileURL(program).href)
