import { z } from 'zod'
import type { Dataset, DatasetAbout, DatasetCard } from '../../shared/contract/datasets'
import { datasetAboutSchema } from '../../shared/contract/datasets'
import { AppError } from '../../shared/errors/appError'
import { splitSchema } from '../../shared/samples/sampleQuery'
import { recordEdit, type ChangedField, type PlannedChange } from './journal'
import type { Edit } from '../../shared/contract/sampleEdits'
import type { Store } from './connection'
import { inTransaction, type StoreContext } from './storeContext'

const datasetRowSchema = z
  .object({
    ...{ id: z.int(), name: z.string(), kind: z.enum(['own', 'other']), created_at: z.number() },
    ...{ samples: z.int(), labels: z.int() },
  })
  .transform(({ created_at, ...rest }): Dataset => ({ ...rest, createdMs: created_at }))

const readySql = `
  SELECT id, name, kind, created_at,
         coalesce((SELECT count FROM facet_counts WHERE dataset_id = id AND facet = 'total'), 0) AS samples,
         (SELECT count(*) FROM facet_counts WHERE dataset_id = id AND facet = 'label' AND count > 0) AS labels
  FROM datasets WHERE state = 'ready'`

/** What an edit did, or null where all was so already. */
type Done = { edit: Edit; fields: ChangedField[] } | null

/** In the order in which they were made. */
export function listDatasets(store: Store): Dataset[] {
  return z.array(datasetRowSchema).parse(store.prepare(`${readySql} ORDER BY id`).all())
}

/** @throws AppError 'dataset-unknown' */
export function requireDataset(store: Store, id: number): Dataset {
  const row = store.prepare(`${readySql} AND id = ?`).get([id])
  if (row === undefined) throw new AppError('dataset-unknown', { name: String(id) })
  return datasetRowSchema.parse(row)
}

/** Null where there is none of that name. */
export function findDataset(store: Store, name: string): Dataset | null {
  const row = store.prepare(`${readySql} AND name = ?`).get([name])
  return row === undefined ? null : datasetRowSchema.parse(row)
}

/** @throws AppError 'dataset-exists' */
export function createDataset(
  context: StoreContext,
  name: string,
): { dataset: Dataset; fields: ChangedField[] } {
  const { store } = context
  return inTransaction(context, () => {
    requireFreeName(store, name)
    const id = insertDataset(store, name, 'removed')
    const done = recordEdit(store, 'create-dataset', name, [one('state', id, 'removed', 'ready')])
    return { dataset: requireDataset(store, id), fields: done?.fields ?? [] }
  })
}

/** A row for a data set, within the caller's transaction. */
export function insertDataset(store: Store, name: string, state: 'importing' | 'removed'): number {
  const { lastInsertRowid } = store
    .prepare("INSERT INTO datasets (name, kind, state, created_at) VALUES (?, 'other', ?, ?)")
    .run([name, state, Date.now()])
  return Number(lastInsertRowid)
}

/** @throws AppError 'dataset-unknown', 'dataset-exists' */
export function renameDataset(context: StoreContext, id: number, name: string): Done {
  const { store } = context
  return inTransaction(context, () => {
    const before = requireDataset(store, id).name
    if (before !== name) requireFreeName(store, name)
    return recordEdit(store, 'rename-dataset', name, [one('name', id, before, name)])
  })
}

/** @throws AppError 'dataset-unknown', 'dataset-own' */
export function removeDataset(context: StoreContext, id: number): Done {
  const { store } = context
  return inTransaction(context, () => {
    const { kind, name } = requireDataset(store, id)
    if (kind === 'own') throw new AppError('dataset-own', { name })
    return recordEdit(store, 'remove-dataset', name, [one('state', id, 'ready', 'removed')])
  })
}

/** @throws AppError 'dataset-unknown' */
export function readCard(context: StoreContext, id: number): DatasetCard {
  const { store, labels } = context
  const { samples } = requireDataset(store, id)
  const about = readAbout(store, id)
  const counts = (facet: string): { value: number; count: number }[] =>
    z
      .array(z.object({ value: z.int(), count: z.int() }))
      .parse(
        store
          .prepare('SELECT value, count FROM facet_counts WHERE dataset_id = ? AND facet = ? AND count > 0')
          .all([id, facet]),
      )
  const ofSplit = counts('split')
  const inSplit = (at: number): number => ofSplit.find(({ value }) => value === at)?.count ?? 0
  const [train, validation, test] = splitSchema.options.map((_, at) => inSplit(at))
  return {
    ...{ ...about, samples, splits: { train: train ?? 0, validation: validation ?? 0, test: test ?? 0 } },
    labels: counts('label')
      .map(({ value, count }) => ({ label: labels.text(value), count }))
      .sort((first, second) => Buffer.compare(Buffer.from(first.label), Buffer.from(second.label))),
    writers: counts('writer').filter(({ value }) => value !== 0).length,
  }
}

export function readAbout(store: Store, id: number): DatasetAbout {
  return datasetAboutSchema.parse(
    store.prepare('SELECT source, licence, consent, people FROM datasets WHERE id = ?').get([id]),
  )
}

/** @throws AppError 'dataset-unknown' */
export function updateAbout(
  context: StoreContext,
  id: number,
  about: { [Field in keyof DatasetAbout]?: DatasetAbout[Field] | undefined },
): Done {
  const { store } = context
  return inTransaction(context, () => {
    const { name } = requireDataset(store, id)
    const before = readAbout(store, id)
    const changes = (['source', 'licence', 'consent', 'people'] as const).flatMap((field) => {
      const after = about[field]
      return after === undefined ? [] : [one(field, id, before[field], after)]
    })
    return recordEdit(store, 'card', name, changes)
  })
}

function requireFreeName(store: Store, name: string): void {
  if (findDataset(store, name)) throw new AppError('dataset-exists', { name })
}

/** A change of one row. */
export function one(
  field: ChangedField,
  row: number,
  before: string | number | null,
  after: string | number | null,
): PlannedChange {
  return { field, select: 'SELECT ? AS row_id, ? AS before, ? AS after', parameters: [row, before, after] }
}
