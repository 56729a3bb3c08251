import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../src/shared/contract/settings'
import { serveBuiltLonghand, type ServedLonghand } from '../fixtures/cli/serveBuiltLonghand'
import { temporaryFolder } from '../fixtures/temporaryFolder'

export interface ServeOptions {
  /** Settings of a user who was here before; without them it is the first run. */
  settings?: Partial<Settings>
  /** By LONGHAND_DATA_FOLDER, as somebody would who does not want it to be moved; else in the standard place. */
  namesFolder?: boolean
}

export interface ServedFolder extends ServedLonghand {
  dataFolder: string
  /** Serves the same folder once more. */
  serveAgain(): Promise<ServedLonghand>
}

/** The real server, `longhand serve`, with a data folder of its own, until the test ends. */
export async function serveLonghand({
  settings = { introduced: true },
  namesFolder = true,
}: ServeOptions = {}): Promise<ServedFolder> {
  const folder = await temporaryFolder()
  const dataFolder = join(folder, 'longhand')
  await mkdir(dataFolder)
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(settings))
  const serveAgain = () =>
    serveBuiltLonghand({
      XDG_DATA_HOME: folder,
      LONGHAND_DATA_FOLDER: namesFolder ? dataFolder : '',
    })
  return { ...(await serveAgain()), dataFolder, serveAgain }
}
