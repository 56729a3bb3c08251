import type { Logger } from '../../../shared/logger'

/** What is used of electron-updater's AppUpdater. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>
}

const DAY_MS = 24 * 60 * 60_000

/**
 * Looks for a newer version now and once a day, fetches it, and installs it when the app is closed. electron-updater takes
 * only what its release's list of digests names, and on Windows and macOS only what the same publisher signed.
 */
export class Updates {
  #timer: NodeJS.Timeout | null = null
  #updater: Promise<Updater> | null = null

  /** @param load electron-updater's; it asks for a packaged app as soon as it is loaded, so that happens late */
  constructor(
    private readonly load: () => Promise<Updater>,
    private readonly log: Logger,
  ) {}

  start(): void {
    if (this.#timer) return
    this.#timer = setInterval(() => void this.#check(), DAY_MS).unref()
    void this.#check()
  }

  /** Nothing is asked for any more; what was fetched already is not installed. */
  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    void this.#updater?.then((updater) => (updater.autoInstallOnAppQuit = false))
  }

  async #check(): Promise<void> {
    try {
      const updater = await (this.#updater ??= this.load())
      updater.autoDownload = true
      updater.autoInstallOnAppQuit = true
      updater.allowDowngrade = false
      const found = await updater.checkForUpdates()
      if (found?.isUpdateAvailable)
        this.log.info({ version: found.updateInfo.version }, 'a newer version is fetched')
    } catch (error) {
      this.log.warn({ error }, 'newer versions could not be looked for')
    }
  }
}

export async function loadUpdater(): Promise<Updater> {
  const { default: electronUpdater } = await import('electron-updater')
  return electronUpdater.autoUpdater
}
