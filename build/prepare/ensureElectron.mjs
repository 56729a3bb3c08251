import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'

const downloadLimitMs = 5 * 60_000

/**
 * @typedef {object} Electron
 * @property {string} folder where its package unpacked it
 * @property {string} program
 */

/** @returns {Electron | null} the package notes in path.txt what it unpacked */
function findElectron() {
  const notedIn = installed('electron/path.txt')
  if (!existsSync(notedIn)) return null
  const folder = installed('electron/dist')
  const program = join(folder, readFileSync(notedIn, 'utf8'))
  return existsSync(program) ? { folder, program } : null
}

/**
 * Finds Electron's program, or fetches it with its own package's downloader. (That package would do so by itself on first
 * use, but without a limit of time, and with a stack trace where there is no network.)
 *
 * @returns {Promise<Electron | { obstacle: string }>}
 */
export async function ensureElectron() {
  const present = findElectron()
  if (present !== null) return present
  console.error('Fetching Electron (about 120 MB, once).')
  const { output } = await runNode(installed('electron/install.js'), [], { limitMs: downloadLimitMs })
  return findElectron() ?? { obstacle: output.trim().split('\n')[0] ?? '' }
}
