import type { Edit } from '../../shared/contract/sampleEdits'
import type { SampleSelection, Split } from '../../shared/samples/sampleQuery'
import { requireSample } from './addSamples'
import { recordEdit, trashDataset, type ChangedField, type PlannedChange } from './journal'
import { whereOf, type Where } from './sampleWhere'
import { splitNumber } from './splits'
import { inTransaction, type StoreContext } from './storeContext'

/** What an edit did, or null where all was so already. */
export type EditDone = { edit: Edit; fields: ChangedField[] } | null

/** Gives samples another label. They count as corrected from then on. */
export function relabelSamples(context: StoreContext, selection: SampleSelection, label: string): EditDone {
  return inTransaction(context, () => {
    const id = context.labels.intern(label)
    const where = selected(selection)
    const changing: Where = { ...where, sql: `${where.sql} AND label_id <> ${id}` }
    return recordEdit(context.store, 'relabel', label, [
      set('label_id', id, changing),
      set('corrected', 1, changing),
    ])
  })
}

/** Takes samples out. @throws AppError 'sample-unknown' for a single one that is not there */
export function removeSamples(context: StoreContext, selection: SampleSelection): EditDone {
  return inTransaction(context, () => {
    const only = 'ids' in selection && selection.ids.length === 1 ? selection.ids[0] : undefined
    if (only !== undefined) requireSample(context.store, only)
    return recordEdit(context.store, 'remove', '', [set('dataset_id', trashDataset, selected(selection))])
  })
}

/** Sets or takes away the marks that are given. */
export function markSamples(
  context: StoreContext,
  selection: SampleSelection,
  marks: { flagged?: boolean | undefined; reviewed?: boolean | undefined },
): EditDone {
  return inTransaction(context, () => {
    const given = (['flagged', 'reviewed'] as const).filter((mark) => marks[mark] !== undefined)
    const detail = given.map((mark) => `${mark}=${marks[mark] ? 'true' : 'false'}`).join(' ')
    const where = selected(selection)
    const changes = given.map((mark) => set(mark, marks[mark] ? 1 : 0, where))
    return recordEdit(context.store, 'mark', detail, changes)
  })
}

/** Moves samples to a split, and with them all that the same writers wrote in the same sessions of the data set. */
export function setSplit(context: StoreContext, selection: SampleSelection, split: Split): EditDone {
  return inTransaction(context, () => {
    const { sql, parameters } = selected(selection)
    const kin: Where = {
      sql: `samples.id IN (
        SELECT id FROM samples WHERE ${sql}
        UNION SELECT kin.id FROM
          (SELECT DISTINCT dataset_id, writer_id, session_id FROM samples
           WHERE ${sql} AND (writer_id IS NOT NULL OR session_id IS NOT NULL)) AS chosen
          CROSS JOIN samples AS kin
            ON kin.dataset_id = chosen.dataset_id
            AND kin.writer_id IS chosen.writer_id AND kin.session_id IS chosen.session_id)`,
      parameters: [...parameters, ...parameters],
    }
    return recordEdit(context.store, 'split', split, [set('split', splitNumber(split), kin)])
  })
}

/** Says who wrote. The samples join the split of what that writer wrote in the same session already, where there is any. */
export function setWriter(
  context: StoreContext,
  selection: SampleSelection,
  writer: string | null,
): EditDone {
  return inTransaction(context, () => {
    const id = writer === null ? null : context.writers.intern(writer)
    const where = selected(selection)
    const changes = [set('writer_id', id, where)]
    if (id !== null) {
      const select = `
        SELECT samples.id AS row_id, samples.split AS before,
               coalesce((SELECT kin.split FROM samples AS kin
                         WHERE kin.dataset_id = samples.dataset_id AND kin.writer_id = ${id}
                           AND kin.session_id IS samples.session_id LIMIT 1), samples.split) AS after
        FROM samples WHERE ${where.sql}`
      changes.push({ field: 'split', select, parameters: where.parameters })
    }
    return recordEdit(context.store, 'writer', writer ?? '', changes)
  })
}

function selected(selection: SampleSelection): Where {
  if ('filter' in selection) return whereOf(selection.filter)
  const ready = whereOf({})
  return {
    sql: `samples.id IN (SELECT value FROM json_each(?)) AND ${ready.sql}`,
    parameters: [JSON.stringify(selection.ids), ...ready.parameters],
  }
}

function set(field: ChangedField, value: number | null, { sql, parameters }: Where): PlannedChange {
  return {
    field,
    select: `SELECT samples.id AS row_id, samples.${field} AS before, ? AS after FROM samples WHERE ${sql}`,
    parameters: [value, ...parameters],
  }
}
