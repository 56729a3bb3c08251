import { z } from 'zod'
import type { Store } from './connection'

const rowSchema = z.object({ ids: z.string().nullable() })

/**
 * Whole numbers that a query selects, in its order. They come as one text, because a value costs the binding a thousand times
 * what it costs SQLite.
 * @param select gives one column, named `id`
 */
export function selectIds(
  store: Store,
  select: string,
  parameters: readonly (string | number | Uint8Array)[],
): Uint32Array {
  const row = store.prepare(`SELECT group_concat(id) AS ids FROM (${select})`).get([...parameters])
  return parseIds(rowSchema.parse(row).ids ?? '')
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
