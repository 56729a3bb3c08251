import type { Settings } from '../../shared/contract/settings'
import type { SettingsFile } from '../store/settingsFile'

/** The user's settings. */
export class SettingsService {
  readonly #listeners = new Set<(settings: Settings) => void>()
  #unwatch: (() => void) | null = null
  /** What the listeners were told last, as text. */
  #told = ''

  constructor(private readonly file: SettingsFile) {}

  get(): Promise<Settings> {
    return this.file.read()
  }

  async update(changes: Parameters<SettingsFile['update']>[0]): Promise<Settings> {
    const settings = await this.file.update(changes)
    this.#tell(settings)
    return settings
  }

  /** Called after each change, by whomever it was made: also by another process, such as the command line beside the app. */
  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.add(listener)
    this.#unwatch ??= this.file.watch(() => {
      void this.get().then((settings) => {
        // Its own writing is seen too, and was told.
        if (JSON.stringify(settings) !== this.#told) this.#tell(settings)
      })
    })
  }

  close(): void {
    this.#unwatch?.()
    this.#listeners.clear()
  }

  #tell(settings: Settings): void {
    this.#told = JSON.stringify(settings)
    for (const listener of this.#listeners) listener(settings)
  }
}
