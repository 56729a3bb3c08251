import { z } from 'zod'
import type { Edit } from '../../shared/contract/sampleEdits'
import type { DatasetAbout } from '../../shared/contract/datasets'
import { bytesOf } from './bytesOf'
import { findDataset, insertDataset, one, readAbout } from './datasets'
import { recordEdit, trashDataset } from './journal'
import { deleteDataset } from './purge'
import { SampleWriter, type EnteringSample } from './sampleWriter'
import { inTransaction, type StoreContext } from './storeContext'

const hashesAtOnce = 10_000

/**
 * An import under way. Its samples lie in a data set that nobody sees, put there in short transactions, between which others may
 * write; one transaction then publishes all of them. What a killed one leaves is deleted at the next start (purge.ts).
 */
export class ImportStaging {
  readonly #context: StoreContext
  readonly #name: string
  /** Null where the data set is made by this import. */
  readonly #target: number | null
  readonly #place: number
  readonly #writer: SampleWriter

  constructor(context: StoreContext, name: string) {
    this.#context = context
    this.#name = name
    this.#target = findDataset(context.store, name)?.id ?? null
    this.#place = inTransaction(context, () => insertDataset(context.store, name, 'importing'))
    this.#writer = new SampleWriter(context)
  }

  insert(samples: readonly EnteringSample[]): void {
    inTransaction(this.#context, () => {
      for (const sample of samples) this.#writer.insert(sample, this.#place, this.#target ?? this.#place)
    })
  }

  /**
   * Shows what was put in, as one edit: a new data set by its state, whatever its size; samples for an existing one, one by one.
   * @param about what the files tell of themselves, for a card that says nothing yet
   */
  publish(samples: number, about: DatasetAbout | null): { dataset: number; edit: Edit | null } {
    const { store } = this.#context
    return inTransaction(this.#context, () => {
      // Another process may have made one of the name in the meantime.
      const target = this.#target ?? findDataset(store, this.#name)?.id ?? null
      const dataset = target ?? this.#place
      const before = readAbout(store, dataset)
      if (about && before.source === '' && before.licence === '') {
        store
          .prepare('UPDATE datasets SET source = ?, licence = ?, consent = ?, people = ? WHERE id = ?')
          .run([about.source, about.licence, about.consent, about.people, dataset])
      }
      if (target === null) {
        const done = recordEdit(store, 'import', this.#name, [one('state', dataset, 'removed', 'ready')])
        const edit = done && { ...done.edit, count: samples }
        if (edit) store.prepare('UPDATE edits SET count = ? WHERE id = ?').run([samples, edit.id])
        return { dataset, edit }
      }
      const done = recordEdit(store, 'import', this.#name, [
        {
          field: 'dataset_id',
          select: `SELECT id AS row_id, ${trashDataset} AS before, ? AS after FROM samples WHERE dataset_id = ?`,
          parameters: [target, this.#place],
        },
      ])
      store.prepare('DELETE FROM facet_counts WHERE dataset_id = ?').run([this.#place])
      store.prepare('DELETE FROM datasets WHERE id = ?').run([this.#place])
      return { dataset, edit: done?.edit ?? null }
    })
  }

  /** Takes everything back. */
  abandon(): Promise<void> {
    return deleteDataset(this.#context.store, this.#place, () => false)
  }
}

/** The contents of a data set, as contentKey gives them; none where there is no such data set. */
export function readContents({ store }: StoreContext, name: string): Set<string> {
  const contents = new Set<string>()
  const dataset = findDataset(store, name)
  if (!dataset) return contents
  const read = store
    .prepare('SELECT content, id FROM samples WHERE dataset_id = ? AND id > ? ORDER BY id LIMIT ?')
    .raw()
  const rowsSchema = z.array(z.tuple([z.unknown(), z.int()]))
  for (let last = 0; ;) {
    const rows = rowsSchema.parse(read.all([dataset.id, last, hashesAtOnce]))
    for (const [content] of rows) contents.add(contentKey(bytesOf(content)))
    const [, id] = rows.at(-1) ?? []
    if (id === undefined) return contents
    last = id
  }
}

/** A content hash as a key. */
export function contentKey(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1')
}
