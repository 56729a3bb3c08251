import { z } from 'zod'
import type { WriterStats } from '../../shared/contract/samples'
import type { SampleFilter } from '../../shared/samples/sampleQuery'
import { whereOf } from './sampleWhere'
import type { StoreContext } from './storeContext'

/** More than anybody looks through. */
const mostWriters = 1000
const rowsSchema = z.array(
  z.object({
    ...{ writer_id: z.int().nullable(), samples: z.int(), labels: z.int() },
    ...{ read: z.int(), right: z.int() },
  }),
)

/** Who wrote the samples of a filter, and how many of them were read right; who wrote most comes first. */
export function listWriters({ store, writers }: StoreContext, filter: SampleFilter): WriterStats[] {
  const { sql, parameters } = whereOf(filter)
  const rows = rowsSchema.parse(
    store
      .prepare(
        `SELECT writer_id, count(*) AS samples, count(DISTINCT label_id) AS labels, count(predicted_id) AS read,
                coalesce(sum(predicted_id = label_id), 0) AS "right"
         FROM samples WHERE ${sql} GROUP BY writer_id ORDER BY samples DESC, writer_id LIMIT ${mostWriters}`,
      )
      .all(parameters),
  )
  return rows.map(({ writer_id, ...rest }) => ({
    ...{ writer: writer_id === null ? null : writers.text(writer_id), ...rest },
  }))
}
