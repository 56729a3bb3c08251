/**
 * What the base's first layers give for its replayed samples. These layers are the same in every training of a teaching that
 * leaves them frozen, and in its prototypes: each is therefore run once.
 */
export class ReplayFronts {
  readonly #known = new Map<number, Promise<Float32Array>>()

  /** @param layers how many of the first layers */
  of(layers: number, compute: () => Promise<Float32Array>): Promise<Float32Array> {
    const known = this.#known.get(layers)
    if (known) return known
    const computing = compute()
    this.#known.set(layers, computing)
    computing.catch(() => this.#known.delete(layers))
    return computing
  }
}
