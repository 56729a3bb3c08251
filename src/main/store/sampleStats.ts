import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { LabelStats, WritingSession } from '../../shared/contract/samples'
import { thumbnailBytes } from '../../shared/samples/sampleBlock'
import type { SampleFilter } from '../../shared/samples/sampleQuery'
import { bytesOf } from './bytesOf'
import { listSamples } from './sampleList'
import { whereOf } from './sampleWhere'
import type { StoreContext } from './storeContext'

/** More pictures would not change what a mean looks like. */
const mostPictures = 1000
const rowsSchema = z.array(z.tuple([z.unknown()]))
const labelsSchema = z.array(z.object({ text: z.string() }))

/** Mean and spread of each label's pictures, by code point. Other work gets its turn between two labels. */
export async function computeStats(
  context: StoreContext,
  filter: SampleFilter,
  signal: AbortSignal,
): Promise<LabelStats[]> {
  const { store } = context
  const { sql, parameters } = whereOf(filter)
  const labels = labelsSchema.parse(
    store
      .prepare(
        `SELECT text FROM labels WHERE id IN (SELECT DISTINCT label_id FROM samples WHERE ${sql}) ORDER BY text`,
      )
      .all(parameters),
  )
  const pixelsOf = store
    .prepare(
      'SELECT pixels FROM json_each(?) AS wanted CROSS JOIN thumbnails ON thumbnails.sample_id = wanted.value',
    )
    .raw()
  const stats: LabelStats[] = []
  for (const { text } of labels) {
    await nextTurn()
    signal.throwIfAborted()
    const { sorted } = listSamples(store, { ...filter, labels: [text] }, { by: 'entry' })
    const used = Math.min(mostPictures, sorted.length)
    const ids = Array.from({ length: used }, (_, at) => sorted[Math.floor((at * sorted.length) / used)])
    const pictures = rowsSchema.parse(pixelsOf.all([JSON.stringify(ids)])).map(([pixels]) => bytesOf(pixels))
    stats.push({ label: text, count: sorted.length, used, ...meanAndSpread(pictures) })
  }
  return stats
}

/** Mean and standard deviation of each pixel. */
function meanAndSpread(pictures: readonly Uint8Array[]): Pick<LabelStats, 'mean' | 'spread'> {
  const mean = new Uint8Array(thumbnailBytes)
  const spread = new Uint8Array(thumbnailBytes)
  for (let at = 0; at < thumbnailBytes; at++) {
    let sum = 0
    let squares = 0
    for (const pixels of pictures) {
      const value = pixels[at] ?? 0
      sum += value
      squares += value * value
    }
    const average = sum / pictures.length
    mean[at] = Math.round(average)
    spread[at] = Math.round(Math.sqrt(Math.max(0, squares / pictures.length - average * average)))
  }
  return { mean, spread }
}

const sessionsSchema = z.array(
  z.object({
    ...{ session_id: z.int(), dataset_id: z.int(), first: z.number(), last: z.number() },
    ...{ samples: z.int(), label_id: z.int() },
  }),
)

/** Sittings with what was written in them, the newest first. */
export function listSessions(context: StoreContext, dataset: number | undefined): WritingSession[] {
  const { store, sessions, labels } = context
  const { sql, parameters } = whereOf(dataset === undefined ? {} : { dataset })
  const rows = sessionsSchema.parse(
    store
      .prepare(
        `SELECT session_id, dataset_id, label_id, min(created_at) AS first, max(created_at) AS last, count(*) AS samples
         FROM samples WHERE session_id IS NOT NULL AND ${sql} GROUP BY session_id, dataset_id, label_id`,
      )
      .all(parameters),
  )
  const found = new Map<string, WritingSession>()
  for (const { session_id, dataset_id, label_id, first, last, samples } of rows) {
    const key = `${session_id} ${dataset_id}`
    const before = found.get(key)
    found.set(key, {
      ...{ session: sessions.text(session_id), dataset: dataset_id },
      firstMs: Math.min(first, before?.firstMs ?? first),
      lastMs: Math.max(last, before?.lastMs ?? last),
      samples: samples + (before?.samples ?? 0),
      labels: [...(before?.labels ?? []), { value: labels.text(label_id), count: samples }],
    })
  }
  return [...found.values()].sort((first, second) => second.lastMs - first.lastMs)
}
