import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { repositoryRoot } from '../repository.mjs'
import { builderConfig } from './builderConfig.mjs'
import { listFiles } from './listFiles.mjs'
import { compiledFiles, nativeFileFaults } from './nativeFiles.mjs'

/**
 * Packs what was built.
 *
 * @param {object} options
 * @param {string} options.electronDist Electron's folder
 * @param {string} options.output folder of what is made; beside each unpacked app lies `FOLDER.files.txt`, its list of files
 * @param {boolean} options.unpackedOnly only the folder of the app, no installers
 * @returns {Promise<string[]>} the unpacked apps' folders
 * @throws {Error} where a compiled file is missing or belongs to another system
 */
export async function packageApp({ electronDist, output, unpackedOnly }) {
  /** @type {string[]} */
  const folders = []
  await build({
    projectDir: repositoryRoot,
    targets: Platform.current().createTarget(unpackedOnly ? 'dir' : undefined),
    publish: 'never',
    config: builderConfig({
      electronDist,
      output,
      afterPack: async ({ appOutDir, packager }) => {
        const resources = packager.getResourcesDir(appOutDir)
        // Electron's own example, which comes with a folder of Electron.
        await rm(join(resources, 'default_app.asar'), { force: true })
        const faults = nativeFileFaults(compiledFiles(resources), process.platform, process.arch)
        if (faults.length > 0) throw new Error(`The package is not right: ${faults.join('; ')}.`)
        await writeFile(`${appOutDir}.files.txt`, await listFiles(resources))
        folders.push(appOutDir)
      },
    }),
  })
  return folders
}
