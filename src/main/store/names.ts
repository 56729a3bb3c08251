import { z } from 'zod'
import { assertExists } from '../../shared/assert'
import type { Store } from './connection'

type NameTable = 'labels' | 'writers' | 'sessions' | 'models'

const rowsSchema = z.array(z.object({ id: z.int(), text: z.string() }))

/**
 * Texts that many samples share, each kept once under a number: labels, writers, sessions, models. The numbers never change,
 * so what was looked up is remembered; a text that goes (see wipe.ts) takes its number with it.
 */
export class Names {
  readonly #store: Store
  readonly #table: NameTable
  readonly #ids = new Map<string, number>()
  readonly #texts = new Map<number, string>()

  constructor(store: Store, table: NameTable) {
    this.#store = store
    this.#table = table
  }

  /** The number of a text, which is kept where it is new. Within the caller's transaction. */
  intern(text: string): number {
    const known = this.find(text)
    if (known !== null) return known
    const { lastInsertRowid } = this.#store
      .prepare(`INSERT INTO ${this.#table} (text) VALUES (?)`)
      .run([text])
    return Number(lastInsertRowid)
  }

  /** Null for a text that is not kept. */
  find(text: string): number | null {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const rows = this.#store.prepare(`SELECT id, text FROM ${this.#table} WHERE text = ?`).all([text])
    const [row] = this.#remember(rows)
    return row?.id ?? null
  }

  text(id: number): string {
    const known = this.#texts.get(id)
    if (known !== undefined) return known
    // All at once: a page of samples needs many.
    this.#remember(this.#store.prepare(`SELECT id, text FROM ${this.#table}`).all())
    return assertExists(this.#texts.get(id), `text ${id} of ${this.#table}`)
  }

  /** After a transaction that was taken back, or texts that went. */
  forget(): void {
    this.#ids.clear()
    this.#texts.clear()
  }

  #remember(found: unknown[]): { id: number; text: string }[] {
    const rows = rowsSchema.parse(found)
    for (const { id, text } of rows) {
      this.#ids.set(text, id)
      this.#texts.set(id, text)
    }
    return rows
  }
}
