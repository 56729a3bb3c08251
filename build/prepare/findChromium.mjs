import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const programNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
]
const macPrograms = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** Whether a program really starts: on Ubuntu, for one, chromium-browser may be a script that only points to a shop. */
function starts(/** @type {string} */ program) {
  // There it would open a window instead of printing its version.
  if (process.platform === 'win32') return existsSync(program)
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

function installedBrowsers() {
  if (process.platform === 'darwin') return macPrograms
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    return folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => windowsPrograms.map((program) => join(folder, program)))
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return programNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** Where Playwright keeps the Chromium that it has downloaded, or would. */
async function playwrightBrowser() {
  const { chromium } = await import('playwright-core')
  return chromium.executablePath()
}

/**
 * Finds a Chromium for the browser tests: the one named by LONGHAND_CHROMIUM, one that is installed, or Playwright's.
 *
 * @returns {Promise<string | null>} its path
 */
export async function findChromium() {
  const named = process.env.LONGHAND_CHROMIUM
  if (named !== undefined && named !== '') return starts(named) ? named : null
  const candidates = [...installedBrowsers(), await playwrightBrowser()]
  return candidates.find((program) => existsSync(program) && starts(program)) ?? null
}
