/** What may stand at one place of a pattern. */
interface Token {
  readonly accepts: (label: string) => boolean
  readonly optional: boolean
  readonly repeats: boolean
}

const classes: Readonly<Record<string, (label: string) => boolean>> = {
  '9': (label) => /^[0-9]$/.test(label),
  A: (label) => /^[A-Z]$/.test(label),
  N: (label) => /^[-0-9 ./()]$/.test(label),
  $: (label) => /^[$€£¥]$/.test(label),
}

/** A set of patterns, as an automaton that takes a line label by label. States are small texts, so that they can be keys. */
export class PatternAutomaton {
  readonly start: string
  readonly #patterns: readonly (readonly Token[])[]

  /**
   * @param patterns `9` is a digit, `A` a capital, `N` a digit or what parts digits in a phone number, `$` a sign of a
   * currency, all else itself; `?` makes what stands before it optional, and `+` lets it repeat
   */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map(parsePattern)
    this.start = write(this.#patterns.flatMap((_, pattern) => this.#withSkips(pattern, 0)))
  }

  /** The state after one more label; null where no pattern goes on with it. */
  next(state: string, label: string): string | null {
    const places = read(state).flatMap(({ pattern, at }) => {
      const token = this.#patterns[pattern]?.[at]
      if (!token?.accepts(label)) return []
      return [...(token.repeats ? [{ pattern, at }] : []), ...this.#withSkips(pattern, at + 1)]
    })
    return places.length === 0 ? null : write(places)
  }

  isEnd(state: string): boolean {
    return read(state).some(({ pattern, at }) => at === this.#patterns[pattern]?.length)
  }

  /** A place, and those that can be reached from it by leaving out what is optional. */
  #withSkips(pattern: number, at: number): Place[] {
    const token = this.#patterns[pattern]?.[at]
    return [{ pattern, at }, ...(token?.optional ? this.#withSkips(pattern, at + 1) : [])]
  }
}

interface Place {
  readonly pattern: number
  readonly at: number
}

function parsePattern(text: string): Token[] {
  const tokens: Token[] = []
  for (const [, symbol = '', mark] of text.matchAll(/(.)([?+]?)/gu)) {
    const accepts = classes[symbol] ?? ((label: string) => label === symbol)
    tokens.push({ accepts, optional: mark === '?', repeats: mark === '+' })
  }
  return tokens
}

function write(places: readonly Place[]): string {
  return [...new Set(places.map(({ pattern, at }) => `${pattern}.${at}`))].sort().join(' ')
}

function read(state: string): Place[] {
  return state.split(' ').map((place) => {
    const [pattern = 0, at = 0] = place.split('.').map(Number)
    return { pattern, at }
  })
}
