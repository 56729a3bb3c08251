import { ensureElectron } from '../prepare/ensureElectron.mjs'
import { repositoryRoot } from '../repository.mjs'
import { runInForeground } from './runInForeground.mjs'

/** An app that ends with an error within this time has not been used: it could not start. */
const startLimitMs = 10_000

/** @returns {string | null} why a window cannot be opened here */
function findObstacle() {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  if (process.getuid?.() === 0) return "Electron's sandbox refuses to run as root"
  return null
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
  const electron = await ensureElectron()
  if ('obstacle' in electron) return giveWay(`Electron could not be fetched (${electron.obstacle})`)
  const startedAt = performance.now()
  const exitCode = await runInForeground(electron.program, [repositoryRoot])
  const stopped = [129, 130, 143].includes(exitCode)
  if (exitCode === 0 || stopped || performance.now() - startedAt > startLimitMs) return exitCode
  return giveWay(`Electron ended with code ${exitCode}`)
}
