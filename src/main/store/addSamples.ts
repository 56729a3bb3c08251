import type { NewSample, SampleCounts } from '../../shared/contract/samples'
import type { Edit } from '../../shared/contract/sampleEdits'
import { assertExists } from '../../shared/assert'
import { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { ownDataset } from './ownDataset'
import { recordEdit, trashDataset, type ChangedField } from './journal'
import type { Store } from './connection'
import { SampleWriter } from './sampleWriter'
import { inTransaction, type StoreContext } from './storeContext'
import { requireDataset } from './datasets'
import { sampleSourceSchema, type SampleSource } from '../../shared/samples/sampleQuery'

/** One that was written, or that the program made itself. */
export type AddedSample = Omit<NewSample, 'source'> & { source: SampleSource }

/**
 * Keeps samples that were written, as one edit.
 * @param session where a sample names none
 * @throws AppError 'dataset-unknown'
 */
export function addSamples(
  context: StoreContext,
  samples: readonly AddedSample[],
  session: string,
): { ids: number[]; edit: Edit; fields: ChangedField[] } {
  return inTransaction(context, () => {
    // Made anew each time: the splits that it remembers may be changed in between.
    const writer = new SampleWriter(context)
    const placed = samples.map((sample) => {
      const dataset = sample.dataset ?? ownDataset
      requireDataset(context.store, dataset)
      const id = writer.insert(
        {
          ...sample,
          writer: sample.writer ?? null,
          session: sample.session ?? session,
          split: 'auto',
          fitted: true,
          corrected: sample.source === 'correction',
          createdMs: Date.now(),
        },
        trashDataset,
        dataset,
      )
      return { id, dataset }
    })
    // From the trash to where it belongs: that is what an undo takes back.
    const select = `SELECT json_extract(value, '$.id') AS row_id, ${trashDataset} AS before,
                           json_extract(value, '$.dataset') AS after FROM json_each(?)`
    const change = { field: 'dataset_id', select, parameters: [JSON.stringify(placed)] } as const
    const done = recordEdit(context.store, 'add', samples[0]?.label ?? '', [change])
    return { ids: placed.map(({ id }) => id), ...assertExists(done, 'the edit of new samples') }
  })
}

/** Of the user's own data set. */
export function countOwnSamples(store: Store): SampleCounts {
  const count = (facet: string, value: number): number =>
    z
      .object({ count: z.int() })
      .optional()
      .parse(
        store
          .prepare('SELECT count FROM facet_counts WHERE dataset_id = ? AND facet = ? AND value = ?')
          .get([ownDataset, facet, value]),
      )?.count ?? 0
  const corrections = count('source', sampleSourceSchema.options.indexOf('correction'))
  return { total: count('total', 0), corrections }
}

/** @throws AppError 'sample-unknown' where there is none, or it was taken out */
export function requireSample(store: Store, id: number): void {
  const found = store
    .prepare(
      `SELECT 1 FROM samples JOIN datasets ON datasets.id = dataset_id
       WHERE samples.id = ? AND datasets.state = 'ready'`,
    )
    .get([id])
  if (found === undefined) throw new AppError('sample-unknown', { id })
}
