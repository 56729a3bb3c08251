import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repositoryRoot } from './repository.mjs'

/**
 * Becomes the built command line. It is imported, not started as a child, so that standard input, Ctrl-C and the exit code
 * need nobody to pass them on.
 *
 * @param {readonly string[]} args
 */
export async function importLonghand(args) {
  const program = join(repositoryRoot, 'out', 'main', 'longhand.js')
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
}
