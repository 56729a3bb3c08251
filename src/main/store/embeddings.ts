import { z } from 'zod'
import { bytesOf } from './bytesOf'
import { raiseRevision } from './revision'
import { inTransaction, type StoreContext } from './storeContext'

/** A model by its name and by when it was made: what another one of the same name saw says nothing of it. */
export interface EmbeddingModel {
  readonly name: string
  readonly made: string
}

/** Rows of one transaction: others wait for it, some ten milliseconds. */
const atOnce = 256
const madeSchema = z.object({ made: z.string() }).optional()
const idsSchema = z.array(z.tuple([z.int()]))
const vectorsSchema = z.array(z.tuple([z.int(), z.unknown()]))

/** Of the given samples those at which the model has not looked. What an earlier model of its name saw is forgotten. */
export function findUnembedded(
  context: StoreContext,
  { name, made }: EmbeddingModel,
  ids: Uint32Array,
): Uint32Array {
  const { store, models } = context
  const model = inTransaction(context, () => {
    const id = models.intern(name)
    const known = madeSchema.parse(
      store.prepare('SELECT made FROM embedding_models WHERE model_id = ?').get([id]),
    )
    if (known?.made !== made) {
      store.prepare('DELETE FROM embedding_models WHERE model_id = ?').run([id])
      store.prepare('INSERT INTO embedding_models (model_id, made) VALUES (?, ?)').run([id, made])
    }
    return id
  })
  const rows = store
    .prepare(
      `SELECT value FROM json_each(?) WHERE NOT EXISTS
         (SELECT 1 FROM embeddings WHERE model_id = ? AND sample_id = value)`,
    )
    .raw()
    .all([JSON.stringify(Array.from(ids)), model])
  return Uint32Array.from(idsSchema.parse(rows).map(([id]) => id))
}

/**
 * Keeps what a model sees in samples; those that are gone meanwhile are left out.
 * @param features [ids, size]
 */
export function writeEmbeddings(
  context: StoreContext,
  model: string,
  ids: Uint32Array,
  features: Float32Array,
): void {
  const { store, models } = context
  const size = features.length / ids.length
  const insert = store.prepare(
    `INSERT OR REPLACE INTO embeddings (model_id, sample_id, vector)
     SELECT ?, id, vector8(?) FROM samples WHERE id = ?`,
  )
  for (let from = 0; from < ids.length; from += atOnce) {
    inTransaction(context, () => {
      const modelId = models.intern(model)
      for (let at = from; at < Math.min(ids.length, from + atOnce); at++) {
        const vector = features.slice(at * size, (at + 1) * size)
        insert.run([modelId, new Uint8Array(vector.buffer), ids[at] ?? 0])
      }
      raiseRevision(store)
    })
  }
}

/** What a model sees in samples: those of the given ones at which it has looked, in their order, and [samples, size]. */
export function readEmbeddings(
  { store, models }: StoreContext,
  model: string,
  ids: Uint32Array,
): { ids: Uint32Array; features: Float32Array } {
  const rows = vectorsSchema.parse(
    store
      .prepare(
        `SELECT sample_id, vector32(vector) FROM json_each(?) AS wanted
         CROSS JOIN embeddings ON model_id = ? AND sample_id = wanted.value`,
      )
      .raw()
      .all([JSON.stringify(Array.from(ids)), models.find(model)]),
  )
  const vectors = rows.map(([, vector]) => new Float32Array(Uint8Array.from(bytesOf(vector)).buffer))
  const size = vectors[0]?.length ?? 0
  const features = new Float32Array(vectors.length * size)
  vectors.forEach((vector, at) => features.set(vector, at * size))
  return { ids: Uint32Array.from(rows.map(([id]) => id)), features }
}
