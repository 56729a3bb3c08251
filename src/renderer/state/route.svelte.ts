const screens = ['write', 'read', 'samples', 'hands', 'teach', 'models', 'settings'] as const
export type Screen = (typeof screens)[number]

interface Address {
  readonly screen: Screen
  readonly query: string
}

/**
 * Which screen is on show, and what of it, as the address's fragment tells (`#samples?label=3`), so that a view can be
 * reloaded, kept as a bookmark and left by the browser's own way back.
 */
export class Route {
  #address = $state.raw<Address>(parse(window.location.hash))
  /** What each screen showed last, so that coming back finds it again. */
  readonly #last: Partial<Record<Screen, string>> = {}

  constructor() {
    window.addEventListener('hashchange', () => this.#take(parse(window.location.hash)))
  }

  get screen(): Screen {
    return this.#address.screen
  }

  /** What of the screen is shown, in the screen's own words: what URLSearchParams reads. */
  get query(): string {
    return this.#address.query
  }

  /** The link to a screen as it was left. */
  hrefOf(screen: Screen): string {
    return write({ screen, query: screen === this.screen ? this.query : (this.#last[screen] ?? '') })
  }

  /** Shows something else of the screen on show; `asStep` makes it one that the browser goes back from. */
  show(query: string, asStep = false): void {
    if (query === this.query) return
    const address = { screen: this.screen, query }
    if (asStep) window.history.pushState(null, '', write(address))
    else window.history.replaceState(null, '', write(address))
    this.#take(address)
  }

  #take(address: Address): void {
    this.#last[address.screen] = address.query
    this.#address = address
  }
}

/** An address that no screen has leads to the first. */
function parse(hash: string): Address {
  const [name = '', ...rest] = hash.slice(1).split('?')
  const screen = screens.find((known) => known === name)
  return screen ? { screen, query: rest.join('?') } : { screen: 'write', query: '' }
}

function write({ screen, query }: Address): string {
  return query === '' ? `#${screen}` : `#${screen}?${query}`
}
