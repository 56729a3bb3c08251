// `npm run package [-- --dir] [--output FOLDER] [--electron-dist FOLDER]`: packs the app for this system into dist/: the
// installers, or with --dir the app's folder alone. Where Electron cannot be had, --dir packs around a stand-in for it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail } from './fail.mjs'
import { ensureBuilt } from './prepare/ensureBuilt.mjs'
import { ensureElectron } from './prepare/ensureElectron.mjs'
import { ensureInstalled } from './prepare/ensureInstalled.mjs'
import { repositoryRoot } from './repository.mjs'

const usage = 'Usage: npm run package -- [--dir] [--output FOLDER] [--electron-dist FOLDER]'

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'boolean', default: false },
        output: { type: 'string', default: join(repositoryRoot, 'dist') },
        'electron-dist': { type: 'string' },
      },
    })
    return values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

/** @param {{ dir: boolean, output: string, 'electron-dist'?: string }} options */
async function makePackage({ dir, output, 'electron-dist': electronDist }) {
  // Loaded once the packages are installed.
  const { packageApp } = await import('./package/packageApp.mjs')
  const pack = (/** @type {string} */ folder) =>
    packageApp({ electronDist: folder, output: resolve(output), unpackedOnly: dir })
  if (electronDist !== undefined) return pack(resolve(electronDist))
  const electron = await ensureElectron()
  if ('folder' in electron) return pack(electron.folder)
  if (!dir || process.platform !== 'linux')
    throw new Error(`Electron could not be fetched (${electron.obstacle}).`)
  console.error(
    `Electron could not be fetched (${electron.obstacle}). Packing around a stand-in: all of it is real but the program, which will not start.`,
  )
  const { writeStandInElectron } = await import('./package/standInElectron.mjs')
  const folder = await mkdtemp(join(tmpdir(), 'longhand-stand-in-'))
  try {
    return await pack(await writeStandInElectron(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const options = readOptions()
try {
  await ensureInstalled()
  await ensureBuilt()
  for (const folder of await makePackage(options)) console.log(folder)
} catch (error) {
  fail(error)
}
