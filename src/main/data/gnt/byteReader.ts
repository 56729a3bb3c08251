/** Reads a stream in pieces of any length, in the memory of one piece and one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)
  #offset = 0

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#chunks = bytes[Symbol.asyncIterator]()
  }

  /** Bytes that have been read so far. */
  get offset(): number {
    return this.#offset
  }

  /** The next `count` bytes, or fewer where the stream ends. */
  async read(count: number): Promise<Buffer> {
    const parts: Buffer[] = [this.#held]
    let length = this.#held.length
    while (length < count) {
      const next = await this.#chunks.next()
      if (next.done === true) break
      parts.push(next.value)
      length += next.value.length
    }
    const whole = parts.length === 1 ? this.#held : Buffer.concat(parts)
    const taken = whole.subarray(0, count)
    this.#held = whole.subarray(count)
    this.#offset += taken.length
    return taken
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
