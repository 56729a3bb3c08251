import { z } from 'zod'
import { goneFromMap, type SampleMap } from '../../shared/samples/sampleMap'
import { bytesOf } from './bytesOf'
import { selectIds } from './selectIds'
import type { StoreContext } from './storeContext'

const rowSchema = z
  .object({
    ...{ at: z.number(), model: z.string(), total: z.int() },
    ...{ ids: z.unknown(), places: z.unknown() },
  })
  .optional()

/** A map as it is kept. */
export interface KeptMap {
  readonly model: string
  readonly total: number
  readonly ids: Uint32Array
  /** [ids, 2] */
  readonly places: Float32Array
}

/** Keeps a map of a whole data set in place of the one before. */
export function keepMap(
  { store }: StoreContext,
  dataset: number,
  { model, total, ids, places }: KeptMap,
): void {
  store
    .prepare(
      'INSERT OR REPLACE INTO maps (dataset_id, at, model, total, ids, places) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run([dataset, Date.now(), model, total, bytes(ids), bytes(places)])
}

/** The last map of a data set, with the labels as they are now; null where there was none. */
export function readMap({ store, labels }: StoreContext, dataset: number): SampleMap | null {
  const row = rowSchema.parse(
    store.prepare('SELECT at, model, total, ids, places FROM maps WHERE dataset_id = ?').get([dataset]),
  )
  if (!row) return null
  const ids = Uint8Array.from(bytesOf(row.ids))
  const labelIds = selectIds(
    store,
    // The names' numbers begin at 1.
    `SELECT coalesce(label_id, 0) AS id FROM json_each(?) AS wanted
     LEFT JOIN samples ON samples.id = wanted.value AND dataset_id = ? ORDER BY wanted.key`,
    [JSON.stringify(Array.from(new Uint32Array(ids.buffer))), dataset],
  )
  const texts = new Map([...new Set(labelIds)].filter((id) => id > 0).map((id) => [id, labels.text(id)]))
  const sorted = [...texts.values()].sort((first, second) =>
    Buffer.compare(Buffer.from(first), Buffer.from(second)),
  )
  const indexOf = new Map([...texts].map(([id, text]) => [id, sorted.indexOf(text)]))
  return {
    ...{ atMs: row.at, model: row.model, total: row.total, ids, labels: sorted },
    places: Uint8Array.from(bytesOf(row.places)),
    labelIndex: bytes(Uint16Array.from(labelIds, (id) => indexOf.get(id) ?? goneFromMap)),
  }
}

function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
