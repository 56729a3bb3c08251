/** Those who want to hear of one kind of event. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #listeners = new Set<(...values: Arguments) => void>()

  /** Returns the way to stop listening. */
  readonly add = (listener: (...values: Arguments) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  call(...values: Arguments): void {
    for (const listener of this.#listeners) listener(...values)
  }
}
