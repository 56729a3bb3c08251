import { z } from 'zod'
import type { SampleFilter, SampleSort } from '../../shared/samples/sampleQuery'
import type { Store } from './connection'
import { whereOf } from './sampleWhere'

const listSchema = z.object({ ids: z.string().nullable() })

type Order = SampleSort['by']

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
 * They come as one text, because a value costs the binding a thousand times what it costs SQLite.
 */
export function listSamples(store: Store, filter: SampleFilter, by: Order): SampleList {
  const { sql, parameters } = whereOf(filter)
  const column = columns[by]
  const select = (from: string, condition: string, order: string): Uint32Array => {
    const inner = `SELECT samples.id FROM ${from} WHERE ${condition} ORDER BY ${order}`
    const row = store.prepare(`SELECT group_concat(id) AS ids FROM (${inner})`).get(parameters)
    return parseIds(listSchema.parse(row).ids ?? '')
  }
  const nothing = new Uint32Array(0)
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

const comma = 44
const zero = 48

function parseIds(text: string): Uint32Array {
  if (text === '') return new Uint32Array(0)
  let count = 1
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === comma) count++
  const ids = new Uint32Array(count)
  let value = 0
  let index = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === comma) {
      ids[index++] = value
      value = 0
    } else value = value * 10 + code - zero
  }
  ids[index] = value
  return ids
}
