import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { repositoryRoot } from '../repository.mjs'
import { runNode, runProgram } from '../runProgram.mjs'
import { withLock } from './withLock.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** @returns {Promise<LockedPackages | null>} the packages of a lock file, by their folder; null where it is missing */
async function readPackages(/** @type {string} */ file) {
  try {
    return JSON.parse(await readFile(join(repositoryRoot, file), 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm itself writes down what it installed, in
 * node_modules/.package-lock.json; packages for another platform are missing there, and are optional.
 */
async function isInstalled() {
  const wanted = await readPackages('package-lock.json')
  const present = await readPackages('node_modules/.package-lock.json')
  if (wanted === null || present === null) return false
  return (
    Object.entries(wanted).every(
      ([folder, { optional }]) => folder === '' || optional === true || folder in present,
    ) && Object.entries(present).every(([folder, { version }]) => wanted[folder]?.version === version)
  )
}

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Longhand needs Node 20.19 or newer; this is ${process.versions.node}.`)
  }
}

/**
 * Installs the packages where they are missing or package-lock.json has changed since. All output goes to
 * stderr, because stdout belongs to the command that was typed.
 *
 * @throws {Error} where npm fails; its message says what to do
 */
export async function ensureInstalled() {
  checkNodeVersion()
  if (await isInstalled()) return
  await withLock(async () => {
    if (await isInstalled()) return
    if (existsSync(join(repositoryRoot, 'node_modules'))) {
      // npm ci would first delete all that is there, and leave nothing where it is stopped; this changes what has changed, and
      // puts that back where it fails.
      console.error('Bringing the packages up to date (npm install).')
      if ((await runNpm('install', ['--no-save'])) === 0 && (await isInstalled())) return
    }
    console.error('Installing packages (npm ci); this takes a minute or two, once.')
    if ((await runNpm('ci')) !== 0)
      throw new Error('npm ci failed (see above). Check the network, then try again.')
  })
}

/** @param {string} command @param {readonly string[]} [flags] @returns {Promise<number>} its exit code */
async function runNpm(command, flags = []) {
  // Flags, because `npm run -s` or NODE_ENV=production in the environment would silence it or leave out half.
  const args = [
    command,
    ...flags,
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--no-progress',
  ]
  const npm = process.env.npm_execpath
  const { code } =
    npm !== undefined && basename(npm) === 'npm-cli.js'
      ? await runNode(npm, args, { output: 'toStderr' })
      : await runProgram('npm', args, { output: 'toStderr' })
  return code
}
