import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, repositoryRoot } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'
import { runInForeground } from './runInForeground.mjs'

const downloadLimitMs = 5 * 60_000
/** An app that ends with an error within this time has not been used: it could not start. */
const startLimitMs = 10_000

/** @returns {string | null} why a window cannot be opened here */
function findObstacle() {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  if (process.getuid?.() === 0) return "Electron's sandbox refuses to run as root"
  return null
}

/** @returns {string | null} Electron's program; its package notes where it unpacked it. */
function findElectron() {
  const notedIn = installed('electron/path.txt')
  if (!existsSync(notedIn)) return null
  const program = join(installed('electron/dist'), readFileSync(notedIn, 'utf8'))
  return existsSync(program) ? program : null
}

/**
 * Fetches Electron's program with its own package's downloader. (That package would do so by itself on first use, but
 * without a limit of time, and with a stack trace where there is no network.)
 *
 * @returns {Promise<string>} why it failed, as far as is known
 */
async function fetchElectron() {
  console.error('Fetching Electron (about 120 MB, once). `npm start -- --browser` does without.')
  const { output } = await runNode(installed('electron/install.js'), [], { limitMs: downloadLimitMs })
  return output.trim().split('\n')[0] ?? ''
}

/**
 * Runs the desktop app until it is closed.
 *
 * @returns {Promise<number | null>} its exit code; null where it cannot run here, which has then been said
 */
export async function runDesktopApp() {
  const giveWay = (/** @type {string} */ reason) => {
    console.error(`The desktop app cannot run here: ${reason}. Opening the browser shell instead.`)
    return null
  }
  const obstacle = findObstacle()
  if (obstacle !== null) return giveWay(obstacle)
  const fetchReport = findElectron() === null ? await fetchElectron() : ''
  const electron = findElectron()
  if (electron === null) return giveWay(`Electron could not be fetched (${fetchReport})`)
  const startedAt = performance.now()
  const exitCode = await runInForeground(electron, [repositoryRoot])
  const stopped = [129, 130, 143].includes(exitCode)
  if (exitCode === 0 || stopped || performance.now() - startedAt > startLimitMs) return exitCode
  return giveWay(`Electron ended with code ${exitCode}`)
}
