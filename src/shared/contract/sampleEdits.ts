import { z } from 'zod'

/** An entry of the journal: one change that can be undone and done again, also after a restart. */
export const editSchema = z.object({
  id: z.int(),
  kind: z.enum([
    'add',
    'import',
    'relabel',
    'remove',
    'mark',
    'split',
    'writer',
    'create-dataset',
    'rename-dataset',
    'remove-dataset',
    'card',
  ]),
  atMs: z.number(),
  /** How many samples it changed; for a data set's own changes 1. */
  count: z.int(),
  /** For words about it, such as the label, the mark or the data set's name. */
  detail: z.string(),
  undone: z.boolean(),
})
export type Edit = z.infer<typeof editSchema>

/** What an undo or a redo did. */
export const editStepSchema = z.object({
  /** Null where there was nothing to undo, or to do again. */
  edit: editSchema.nullable(),
  /** The first 1,000 samples that it changed. */
  ids: z.array(z.int()),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
})
export type EditStep = z.infer<typeof editStepSchema>

/** What was changed; null where all was so already. */
export const editResultSchema = z.object({ edit: editSchema.nullable() })
export type EditResult = z.infer<typeof editResultSchema>
