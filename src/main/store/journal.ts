import { z } from 'zod'
import type { Edit, EditStep } from '../../shared/contract/sampleEdits'
import { editSchema } from '../../shared/contract/sampleEdits'
import { assertExists } from '../../shared/assert'
import type { Store } from './connection'
import { raiseRevision } from './revision'

/** The fields that edits change, and the table that each is of. */
const tableOf = {
  dataset_id: 'samples',
  label_id: 'samples',
  writer_id: 'samples',
  split: 'samples',
  corrected: 'samples',
  flagged: 'samples',
  reviewed: 'samples',
  name: 'datasets',
  state: 'datasets',
  source: 'datasets',
  licence: 'datasets',
  consent: 'datasets',
  people: 'datasets',
} as const
export type ChangedField = keyof typeof tableOf
const changedFieldSchema = z.enum(Object.keys(tableOf) as [ChangedField, ...ChangedField[]])

/** Where samples go that are taken out: nobody sees them, and an undo fetches them back. */
export const trashDataset = 0

/** Ids that are told of a step. */
const mostIds = 1000

const rowSchema = z
  .object({
    ...{ id: z.int(), kind: editSchema.shape.kind, at: z.number() },
    ...{ count: z.int(), detail: z.string(), undone: z.int() },
  })
  .transform(({ at, undone, ...rest }): Edit => ({ ...rest, atMs: at, undone: undone === 1 }))
const idsSchema = z.array(z.object({ id: z.int() }))
const fieldsSchema = z.array(z.object({ field: changedFieldSchema }))

/** What is to be changed: rows of `(row_id, before, after)` of one field, as a SELECT. */
export interface PlannedChange {
  readonly field: ChangedField
  readonly select: string
  readonly parameters: readonly (string | number | null)[]
}

/**
 * Changes fields as one edit: what each row was and becomes is written down first, and then done by what was written, as an
 * undo and a redo are. Rows that would not change are left out. Edits that were undone can no longer be done again afterwards.
 * Within the caller's transaction.
 *
 * @returns null where nothing changes
 */
export function recordEdit(
  store: Store,
  kind: Edit['kind'],
  detail: string,
  changes: readonly PlannedChange[],
): { edit: Edit; fields: ChangedField[] } | null {
  store.prepare('DELETE FROM edits WHERE undone = 1').run()
  const { lastInsertRowid } = store
    .prepare('INSERT INTO edits (kind, at, count, detail) VALUES (?, ?, 0, ?)')
    .run([kind, Date.now(), detail])
  const id = Number(lastInsertRowid)
  for (const { field, select, parameters } of changes) {
    store
      .prepare(
        `INSERT INTO changes (edit_id, field, row_id, before, after)
         SELECT ${id}, '${field}', row_id, before, after FROM (${select}) WHERE before IS NOT after`,
      )
      .run([...parameters])
  }
  store
    .prepare(
      'UPDATE edits SET count = (SELECT count(DISTINCT row_id) FROM changes WHERE edit_id = ?) WHERE id = ?',
    )
    .run([id, id])
  const edit = readEdit(store, id)
  if (edit.count === 0) {
    store.prepare('DELETE FROM edits WHERE id = ?').run([id])
    return null
  }
  return { edit, fields: applyEdit(store, id, 'after') }
}

function readEdit(store: Store, id: number): Edit {
  return rowSchema.parse(store.prepare('SELECT * FROM edits WHERE id = ?').get([id]))
}

/** Gives what an edit changed the values of before or after it. */
function applyEdit(store: Store, edit: number, side: 'before' | 'after'): ChangedField[] {
  const fields = fieldsSchema
    .parse(store.prepare('SELECT DISTINCT field FROM changes WHERE edit_id = ?').all([edit]))
    .map(({ field }) => field)
  for (const field of fields) {
    const table = tableOf[field]
    store
      .prepare(
        `UPDATE ${table} SET ${field} = changes.${side} FROM changes
         WHERE changes.edit_id = ? AND changes.field = ? AND changes.row_id = ${table}.id`,
      )
      .run([edit, field])
  }
  raiseRevision(store)
  return fields
}

/** Takes the last edit back, or does the last undone one again. Within the caller's transaction. */
export function stepThroughEdits(
  store: Store,
  direction: 'undo' | 'redo',
): { step: EditStep; fields: ChangedField[] } {
  const found = store
    .prepare(
      direction === 'undo'
        ? 'SELECT max(id) AS id FROM edits WHERE undone = 0'
        : 'SELECT min(id) AS id FROM edits WHERE undone = 1',
    )
    .get()
  const { id } = z.object({ id: z.int().nullable() }).parse(found)
  if (id === null) return { step: { edit: null, ids: [], ...possibleSteps(store) }, fields: [] }
  const undo = direction === 'undo'
  const fields = applyEdit(store, id, undo ? 'before' : 'after')
  store.prepare('UPDATE edits SET undone = ? WHERE id = ?').run([undo ? 1 : 0, id])
  const ids = idsSchema.parse(
    store
      .prepare(
        `SELECT DISTINCT row_id AS id FROM changes WHERE edit_id = ? AND field IN (${sampleFields}) ORDER BY id LIMIT ${mostIds}`,
      )
      .all([id]),
  )
  const step = { edit: readEdit(store, id), ids: ids.map((row) => row.id), ...possibleSteps(store) }
  return { step, fields }
}

/** The fields of samples, as SQL. */
export const sampleFields = Object.entries(tableOf)
  .filter(([, table]) => table === 'samples')
  .map(([field]) => `'${field}'`)
  .join(', ')

/** The newest first. */
export function listEdits(store: Store, count: number): Edit[] {
  return z.array(rowSchema).parse(store.prepare('SELECT * FROM edits ORDER BY id DESC LIMIT ?').all([count]))
}

export function possibleSteps(store: Store): { canUndo: boolean; canRedo: boolean } {
  const row = store
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM edits WHERE undone = 0) AS undo,
              EXISTS (SELECT 1 FROM edits WHERE undone = 1) AS redo`,
    )
    .get()
  const { undo, redo } = z.object({ undo: z.int(), redo: z.int() }).parse(assertExists(row, 'the journal'))
  return { canUndo: undo === 1, canRedo: redo === 1 }
}
