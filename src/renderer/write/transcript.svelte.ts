/** One accepted character. */
export interface TranscriptEntry {
  readonly id: number
  readonly label: string
}

/** The line of accepted text. */
export class Transcript {
  entries = $state.raw<readonly TranscriptEntry[]>([])
  #nextId = 1

  get text(): string {
    return this.entries.map((entry) => entry.label).join('')
  }

  get isEmpty(): boolean {
    return this.entries.length === 0
  }

  append(label: string): TranscriptEntry {
    const entry = { id: this.#nextId++, label }
    this.entries = [...this.entries, entry]
    return entry
  }

  /** Does nothing where the entry is gone. */
  replace(id: number, label: string): void {
    this.entries = this.entries.map((entry) => (entry.id === id ? { id, label } : entry))
  }

  remove(id: number): void {
    this.entries = this.entries.filter((entry) => entry.id !== id)
  }

  has(id: number): boolean {
    return this.entries.some((entry) => entry.id === id)
  }

  backspace(): void {
    this.entries = this.entries.slice(0, -1)
  }
}
