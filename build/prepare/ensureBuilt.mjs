import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installed, repositoryRoot } from '../repository.mjs'
import { runNode } from '../runProgram.mjs'
import { withLock } from './withLock.mjs'

/** Besides src, what the output depends on. */
const buildInputs = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'electron.vite.config.ts',
  'svelte.config.js',
]
const expectedOutputs = [
  'main/index.js',
  'main/longhand.js',
  'main/engine.js',
  'main/store.js',
  'main/bench.js',
  'renderer/index.html',
  'renderer/quickPad.html',
]
const outputFolder = join(repositoryRoot, 'out')
const stampFile = join(outputFolder, 'source.sha256')

/** A fingerprint of everything that is built from. Contents, because a checkout gives old files new times. */
async function fingerprintSource() {
  const entries = await readdir(join(repositoryRoot, 'src'), { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(buildInputs.map((file) => join(repositoryRoot, file)))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(await readFile(file))
  return hash.digest('hex')
}

async function isBuiltFrom(/** @type {string} */ fingerprint) {
  const stamp = await readFile(stampFile, 'utf8').catch(() => '')
  return stamp === fingerprint && expectedOutputs.every((file) => existsSync(join(outputFolder, file)))
}

/**
 * Builds the program into out/ where the source has changed since the last build.
 *
 * @throws {Error} where the build fails, with the builder's output as its message
 */
export async function ensureBuilt() {
  if (await isBuiltFrom(await fingerprintSource())) return
  await withLock(async () => {
    const fingerprint = await fingerprintSource()
    if (await isBuiltFrom(fingerprint)) return
    console.error('Building.')
    const builder = installed('electron-vite/bin/electron-vite.js')
    const { code, output } = await runNode(builder, ['build', '--logLevel', 'warn'], {
      environment: { NODE_ENV: 'production' },
    })
    if (code !== 0) throw new Error(`The build failed:\n${output.trim()}`)
    await writeFile(stampFile, fingerprint)
  })
}
