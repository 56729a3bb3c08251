import type { Client } from '../../shared/contract/client'
import { defaultSettings, type Settings } from '../../shared/contract/settings'

/** The user's settings as they are kept by the service, changed at once and put back where keeping them fails. */
export class SettingsState {
  current = $state.raw<Settings>(defaultSettings)
  readonly #client: Pick<Client, 'settings'>
  readonly #onError: (thrown: unknown) => void

  constructor(client: Pick<Client, 'settings'>, onError: (thrown: unknown) => void) {
    this.#client = client
    this.#onError = onError
  }

  async load(): Promise<void> {
    try {
      this.current = await this.#client.settings.get()
    } catch (thrown) {
      this.#onError(thrown)
    }
  }

  async update(change: Partial<Settings>): Promise<void> {
    const before = this.current
    const wanted = { ...before, ...change }
    this.current = wanted
    try {
      const kept = await this.#client.settings.update(change)
      // A later change may be on its way: it has the last word.
      if (this.current === wanted) this.current = kept
    } catch (thrown) {
      if (this.current === wanted) this.current = before
      this.#onError(thrown)
    }
  }
}
