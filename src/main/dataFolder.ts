import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../shared/errors/appError'

/** Where this user's settings, samples, models and logs lie by each platform's custom, as long as nobody chose otherwise. */
export function standardDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  switch (platform) {
    case 'win32':
      // Not the roaming folder: models are large, and a profile that roams is copied at every sign-in.
      return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'Longhand')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Longhand')
    default:
      return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'longhand')
  }
}

const locationSchema = z.object({
  /** In use; the standard folder where it is left out. */
  folder: z.string().min(1).optional(),
  /** The one before it, which is kept until the user lets go of it. */
  earlier: z.string().min(1).optional(),
})
export type DataLocation = z.infer<typeof locationSchema>

/** What tells where the data was moved to lies in the standard folder, which is found without it. */
export const locationFileIn = (standardFolder: string): string => join(standardFolder, 'location.json')

/** Nothing where the data was never moved. */
export function readDataLocation(env: NodeJS.ProcessEnv = process.env): DataLocation {
  try {
    const text = readFileSync(locationFileIn(standardDataFolder(process.platform, env)), 'utf8')
    return locationSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

/**
 * The data folder in use: LONGHAND_DATA_FOLDER, else where the user moved it, else the standard one.
 *
 * @throws AppError 'data-folder-missing' where it was moved to a place that is not there now, such as a disk that is not
 *   plugged in: an empty one in its place would look like everything is lost
 */
export function findDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.LONGHAND_DATA_FOLDER) return resolve(env.LONGHAND_DATA_FOLDER)
  const { folder } = readDataLocation(env)
  if (folder === undefined) return standardDataFolder(process.platform, env)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('data-folder-missing', { folder })
  }
  return folder
}
