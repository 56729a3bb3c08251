/**
 * The only source of randomness in Longhand: seeded, instance-based, and with a state that can be saved.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter: number
  private spareNormal: number | undefined

  /** Equal seeds, given in the same order, give equal sequences on every machine. */
  constructor(...seeds: readonly number[]) {
    let mixed = 0x9e3779b9
    const next = (seed: number): number => {
      mixed = (mixed + seed + 0x9e3779b9) | 0
      let z = mixed ^ (mixed >>> 16)
      z = Math.imul(z, 0x21f0aaad)
      z ^= z >>> 15
      z = Math.imul(z, 0x735a2d97)
      return (mixed = z ^ (z >>> 15))
    }
    for (const seed of seeds) next(seed)
    this.a = next(1)
    this.b = next(2)
    this.c = next(3)
    this.counter = 1
    for (let i = 0; i < 12; i++) this.nextUint32()
  }

  /** An integer in [0, 2^32). */
  nextUint32(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum >>> 0
  }

  /** A number in [low, high); [0, 1) by default. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.nextUint32() / 0x100000000)
  }

  /** An integer in [0, limit). */
  integer(limit: number): number {
    return Math.floor(this.uniform(0, limit))
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** A draw from the normal distribution (Box-Muller; the second of each pair is kept for the next call). */
  normal(mean = 0, deviation = 1): number {
    if (this.spareNormal !== undefined) {
      const spare = this.spareNormal
      this.spareNormal = undefined
      return mean + deviation * spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.spareNormal = radius * Math.sin(angle)
    return mean + deviation * radius * Math.cos(angle)
  }

  /** Reorders `items` in place (Fisher-Yates) and returns it. */
  shuffle<T extends Int32Array | Uint32Array | unknown[]>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = items[i]
      items[i] = items[j]
      items[j] = kept
    }
    return items
  }
}
