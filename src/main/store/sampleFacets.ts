import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { SampleFacets } from '../../shared/contract/samples'
import { sampleSourceSchema, splitSchema, type SampleFilter } from '../../shared/samples/sampleQuery'
import { isWhole, whereOf, type FilterField } from './sampleWhere'
import type { StoreContext } from './storeContext'

const rowsSchema = z.array(z.object({ value: z.int().nullable(), count: z.int() }))
type Rows = z.infer<typeof rowsSchema>

/** Of each facet: the field of a filter that it stands for, and what of a sample it counts. */
const facets = {
  label: { field: 'labels', value: 'label_id' },
  split: { field: 'splits', value: 'split' },
  writer: { field: 'writers', value: 'coalesce(writer_id, 0)' },
  session: { field: 'sessions', value: 'session_id' },
  source: { field: 'sources', value: 'source' },
  corrected: { field: 'corrected', value: 'corrected' },
  flagged: { field: 'flagged', value: 'flagged' },
  reviewed: { field: 'reviewed', value: 'reviewed' },
  predicted: { field: 'predicted', value: 'predicted_id' },
  right: { field: 'right', value: '(predicted_id = label_id)' },
} as const satisfies Record<string, { field: FilterField; value: string }>
type Facet = keyof typeof facets

const mostValues = 1000

/**
 * How many samples each value of each field would leave. For whole data sets these are the counts that keep themselves; else
 * the samples are looked at, field by field, and other work gets its turn between two.
 */
export async function countFacets(context: StoreContext, filter: SampleFilter): Promise<SampleFacets> {
  const rows = {} as Record<Facet, Rows>
  for (const facet of Object.keys(facets) as Facet[]) {
    rows[facet] = isWhole(filter) ? keptCounts(context, filter, facet) : scannedCounts(context, filter, facet)
    if (!isWhole(filter)) await nextTurn()
  }
  const total = isWhole(filter)
    ? (keptCounts(context, filter, 'total')[0]?.count ?? 0)
    : scannedTotal(context, filter)
  const { labels, writers, sessions } = context
  const texts = (facet: Facet, text: (id: number) => string) =>
    rows[facet].flatMap(({ value, count }) => (value === null ? [] : [{ value: text(value), count }]))
  const byText = (first: { value: string }, second: { value: string }): number =>
    Buffer.compare(Buffer.from(first.value), Buffer.from(second.value))
  const flags = (facet: Facet) =>
    rows[facet].flatMap(({ value, count }) => (value === null ? [] : [{ value: value === 1, count }]))
  const chosen = <Value extends string>(facet: Facet, options: readonly Value[]) =>
    rows[facet].flatMap(({ value, count }) => {
      const option = options[value ?? -1]
      return option === undefined ? [] : [{ value: option, count }]
    })
  return {
    total,
    labels: texts('label', (id) => labels.text(id)).sort(byText),
    splits: chosen('split', splitSchema.options),
    writers: rows.writer
      .toSorted((first, second) => second.count - first.count)
      .slice(0, mostValues)
      .map(({ value, count }) => ({ value: value ? writers.text(value) : null, count })),
    sessions: texts('session', (id) => sessions.text(id))
      .reverse()
      .slice(0, mostValues),
    sources: chosen('source', sampleSourceSchema.options),
    corrected: flags('corrected'),
    flagged: flags('flagged'),
    reviewed: flags('reviewed'),
    predicted: texts('predicted', (id) => labels.text(id)).sort(byText),
    right: flags('right'),
  }
}

function keptCounts({ store }: StoreContext, { dataset }: SampleFilter, facet: Facet | 'total'): Rows {
  const which = dataset === undefined ? '' : ' AND id = ?'
  return rowsSchema.parse(
    store
      .prepare(
        `SELECT value, sum(count) AS count FROM facet_counts
         WHERE facet = ? AND dataset_id IN (SELECT id FROM datasets WHERE state = 'ready'${which})
         GROUP BY value HAVING sum(count) > 0 ORDER BY value`,
      )
      .all([facet, ...(dataset === undefined ? [] : [dataset])]),
  )
}

function scannedCounts({ store }: StoreContext, filter: SampleFilter, facet: Facet): Rows {
  const { field, value } = facets[facet]
  const { sql, parameters } = whereOf(filter, field)
  return rowsSchema.parse(
    store
      .prepare(
        `SELECT ${value} AS value, count(*) AS count FROM samples WHERE ${sql} GROUP BY value ORDER BY value`,
      )
      .all(parameters),
  )
}

function scannedTotal({ store }: StoreContext, filter: SampleFilter): number {
  const { sql, parameters } = whereOf(filter)
  const row = store.prepare(`SELECT count(*) AS count FROM samples WHERE ${sql}`).get(parameters)
  return z.object({ count: z.int() }).parse(row).count
}
