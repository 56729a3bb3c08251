import { z } from 'zod'
import type { SamplePage } from '../../shared/contract/samples'
import { encodeSampleBlock, type SampleCell } from '../../shared/samples/sampleBlock'
import type { SampleQuery } from '../../shared/samples/sampleQuery'
import { bytesOf } from './bytesOf'
import { readRevision } from './revision'
import type { SampleLists } from './sampleLists'
import type { StoreContext } from './storeContext'

const rowsSchema = z.array(
  z.tuple([
    ...[z.int(), z.int(), z.int().nullable(), z.number().nullable()],
    ...[z.int(), z.int(), z.int(), z.int(), z.unknown()],
  ] as const),
)

/** A range of a query's result. */
export function readPage(
  context: StoreContext,
  lists: SampleLists,
  query: SampleQuery,
  offset: number,
  count: number,
): SamplePage {
  const result = lists.query(query)
  return pageOf(context, [...result.range(offset, count)], offset, result.total)
}

/** The given samples that are there, in the given order. */
export function pickSamples(context: StoreContext, ids: readonly number[]): SamplePage {
  const page = pageOf(context, ids, 0, 0)
  return { ...page, total: page.count }
}

function pageOf(
  context: StoreContext,
  ids: readonly number[],
  offset: number,
  total: number,
): SamplePage & { count: number } {
  const { store, labels } = context
  const rows = rowsSchema.parse(
    store
      .prepare(
        `SELECT samples.id, label_id, predicted_id, confidence, flagged, corrected, reviewed, has_ink, pixels
         FROM json_each(?) AS wanted
         CROSS JOIN samples ON samples.id = wanted.value
         CROSS JOIN thumbnails ON thumbnails.sample_id = samples.id
         CROSS JOIN datasets ON datasets.id = samples.dataset_id AND datasets.state = 'ready'`,
      )
      .raw()
      .all([JSON.stringify(ids)]),
  )
  const places = new Map<number, number>()
  const placeOf = (label: number): number => {
    const place = places.get(label) ?? places.size
    places.set(label, place)
    return place
  }
  const cells = rows.map(
    ([id, label, predicted, confidence, flagged, corrected, reviewed, hasInk, pixels]): SampleCell => ({
      id,
      label: placeOf(label),
      predicted: predicted === null ? null : placeOf(predicted),
      confidence: confidence ?? 0,
      flagged: flagged === 1,
      corrected: corrected === 1,
      reviewed: reviewed === 1,
      hasInk: hasInk === 1,
      pixels: bytesOf(pixels),
    }),
  )
  return {
    ...{ total, offset, count: cells.length, block: encodeSampleBlock(cells) },
    ...{ labels: Array.from(places.keys(), (id) => labels.text(id)), revision: readRevision(store) },
  }
}
