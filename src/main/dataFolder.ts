import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where this user's settings, samples, models and logs lie, by each platform's custom; LONGHAND_DATA_FOLDER overrides it. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (env.LONGHAND_DATA_FOLDER) return resolve(env.LONGHAND_DATA_FOLDER)
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
