import { z } from 'zod'
import type { SampleFilter, SampleSort } from '../../shared/samples/sampleQuery'
import { bytesOf } from './bytesOf'
import type { Store } from './connection'
import { selectIds } from './selectIds'
import { whereOf } from './sampleWhere'

const targetSchema = z.object({ model_id: z.int(), vector: z.unknown() }).optional()
const nothing = new Uint32Array(0)

type Order = Exclude<SampleSort['by'], 'likeness'>

/** By what the samples with a value are ordered; null for the order of entry, in which all have one. */
const columns: Readonly<Record<Order, string | null>> = {
  entry: null,
  time: 'created_at',
  label: 'text',
  loss: 'loss',
  uncertainty: 'uncertainty',
  confidence: 'confidence',
}

/** The ids of a query's samples. */
export interface SampleList {
  /** In ascending order. */
  readonly sorted: Uint32Array
  /** Those without a value to sort by, in the order of entry; they come last in both directions. */
  readonly rest: Uint32Array
}

/**
 * Finds a query's samples, all of them in their order: with it, each page of the result is a look at an array, wherever it is.
 */
export function listSamples(
  store: Store,
  filter: SampleFilter,
  { by, like }: Pick<SampleSort, 'by' | 'like'>,
): SampleList {
  if (by === 'likeness') return listByLikeness(store, filter, like)
  const { sql, parameters } = whereOf(filter)
  const column = columns[by]
  const select = (from: string, condition: string, order: string): Uint32Array =>
    selectIds(store, `SELECT samples.id FROM ${from} WHERE ${condition} ORDER BY ${order}`, parameters)
  if (column === null) return { sorted: select('samples', sql, 'samples.id'), rest: nothing }
  if (by === 'label') {
    // The labels first, so that they are walked in their order and nothing is left to sort.
    const joined = 'labels CROSS JOIN samples ON samples.label_id = labels.id'
    return { sorted: select(joined, sql, 'labels.text, samples.id'), rest: nothing }
  }
  const sorted = select(
    'samples',
    `${sql} AND samples.${column} IS NOT NULL`,
    `samples.${column}, samples.id`,
  )
  if (by === 'time') return { sorted, rest: nothing }
  return { sorted, rest: select('samples', `${sql} AND samples.${column} IS NULL`, 'samples.id') }
}

/** By the cosine of the angle between what the model sees in each and in the sample; libSQL computes it. */
function listByLikeness(store: Store, filter: SampleFilter, like: SampleSort['like']): SampleList {
  const { sql, parameters } = whereOf(filter)
  const target = targetSchema.parse(
    store
      .prepare(
        `SELECT model_id, vector FROM embeddings
         WHERE sample_id = ? AND model_id = (SELECT id FROM models WHERE text = ?)`,
      )
      .get([like?.sample ?? 0, like?.model ?? '']),
  )
  const all = `SELECT samples.id FROM samples WHERE ${sql}`
  if (!target) return { sorted: nothing, rest: selectIds(store, `${all} ORDER BY samples.id`, parameters) }
  const distances = `
    SELECT samples.id AS id, vector_distance_cos(vector, ?) AS distance FROM samples
    JOIN embeddings ON embeddings.model_id = ? AND sample_id = samples.id WHERE ${sql}`
  const ofTarget = [bytesOf(target.vector), target.model_id]
  const sorted = selectIds(
    store,
    `SELECT id FROM (${distances}) WHERE distance IS NOT NULL ORDER BY distance, id`,
    [...ofTarget, ...parameters],
  )
  // A set, since all but a few are usually among the sorted ones.
  const found = new Set(sorted)
  return {
    sorted,
    rest: selectIds(store, `${all} ORDER BY samples.id`, parameters).filter((id) => !found.has(id)),
  }
}
