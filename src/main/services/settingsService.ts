import type { Settings } from '../../shared/contract/settings'
import type { SettingsFile } from '../store/settingsFile'

/** The user's settings. */
export class SettingsService {
  readonly #listeners = new Set<(settings: Settings) => void>()

  constructor(private readonly file: SettingsFile) {}

  get(): Promise<Settings> {
    return this.file.read()
  }

  async update(changes: Parameters<SettingsFile['update']>[0]): Promise<Settings> {
    const settings = await this.file.update(changes)
    for (const listener of this.#listeners) listener(settings)
    return settings
  }

  /** Called after each change, by whomever it was made. */
  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.add(listener)
  }
}
