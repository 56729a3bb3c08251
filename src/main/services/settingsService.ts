import type { Settings } from '../../shared/contract/settings'
import type { SettingsFile } from '../store/settingsFile'

/** The user's settings. */
export class SettingsService {
  constructor(private readonly file: SettingsFile) {}

  get(): Promise<Settings> {
    return this.file.read()
  }

  update(changes: Parameters<SettingsFile['update']>[0]): Promise<Settings> {
    return this.file.update(changes)
  }
}
