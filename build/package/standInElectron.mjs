import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'
import { installed } from '../repository.mjs'

/** What @electron/fuses looks for in Electron's program; after it come a version, a length and a character for each fuse. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseVersion = 1
/** As Electron ships them, in the order of FuseV1Options. */
const shippedFuses = '101100111'

/**
 * Makes a folder that is laid out like Electron's for Linux, with a program that only says what it is: with it, everything
 * about packing can be done and looked at where Electron itself cannot be had.
 *
 * @param {string} folder empty, or not there yet
 * @returns {Promise<string>} the folder that stands for Electron's
 */
export async function writeStandInElectron(folder) {
  const defaultApp = join(folder, 'default_app')
  await mkdir(defaultApp, { recursive: true })
  await mkdir(join(folder, 'dist', 'resources'), { recursive: true })
  await mkdir(join(folder, 'dist', 'locales'))
  await writeFile(join(defaultApp, 'package.json'), '{"main":"main.js"}')
  await writeFile(join(defaultApp, 'main.js'), '')
  await createPackage(defaultApp, join(folder, 'dist', 'resources', 'default_app.asar'))
  const script = '#!/bin/sh\necho "This package was made around a stand-in for Electron." >&2\nexit 70\n'
  const wire = Buffer.concat([
    Buffer.from(`${script}# ${fuseSentinel}`),
    Buffer.from([fuseVersion, shippedFuses.length]),
    Buffer.from(shippedFuses),
  ])
  await writeFile(join(folder, 'dist', 'electron'), wire, { mode: 0o755 })
  for (const locale of ['de', 'en-US', 'zh-CN']) {
    await writeFile(join(folder, 'dist', 'locales', `${locale}.pak`), '')
  }
  /** @type {{ version: string }} */
  const { version } = JSON.parse(await readFile(installed('electron/package.json'), 'utf8'))
  await writeFile(join(folder, 'dist', 'version'), version)
  await writeFile(join(folder, 'dist', 'LICENSE'), '')
  await writeFile(join(folder, 'dist', 'LICENSES.chromium.html'), '')
  return join(folder, 'dist')
}
