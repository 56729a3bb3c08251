import { existsSync, readFileSync } from 'node:fs'
import { installed } from '../repository.mjs'
import { runNode, runProgram } from '../runProgram.mjs'
import { findChromium } from './findChromium.mjs'

const downloadLimitMs = 5 * 60_000

/** Debian itself, because Ubuntu's package of that name only points to a snap. */
function canInstallFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

async function installFromDebian() {
  const options = {
    output: /** @type {const} */ ('toStderr'),
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
    limitMs: downloadLimitMs,
  }
  await runProgram('apt-get', ['update', '-qq'], options)
  await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
}

/**
 * Makes sure that there is a Chromium for the browser tests: one that is there, else Playwright's download, else Debian's
 * package where this is Debian and we are root. A download that fails is no error: the tests that need it are skipped,
 * and say so.
 *
 * @returns {Promise<string | null>} its path
 */
export async function ensureChromium() {
  const present = await findChromium()
  if (present !== null || process.env.LONGHAND_CHROMIUM) return present
  console.error("No Chromium here; trying Playwright's download.")
  await runNode(installed('playwright-core/cli.js'), ['install', 'chromium', '--no-shell'], {
    output: 'toStderr',
    limitMs: downloadLimitMs,
  })
  const downloaded = await findChromium()
  if (downloaded !== null || !canInstallFromDebian()) return downloaded
  console.error("That gave none that starts; trying Debian's package.")
  await installFromDebian()
  return await findChromium()
}
