import type { Settings } from '../../shared/contract/settings'

/** The theme in use: the one that was chosen, or the machine's. */
export class Appearance {
  #systemIsDark = $state(false)
  readonly #chosen: () => Settings['theme']

  constructor(chosen: () => Settings['theme'], systemDark: MediaQueryList) {
    this.#chosen = chosen
    this.#systemIsDark = systemDark.matches
    systemDark.addEventListener('change', (event) => {
      this.#systemIsDark = event.matches
    })
  }

  get theme(): 'light' | 'dark' {
    const chosen = this.#chosen()
    if (chosen !== 'system') return chosen
    return this.#systemIsDark ? 'dark' : 'light'
  }
}
