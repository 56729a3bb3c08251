import { z } from 'zod'
import { evaluationMetricsSchema } from '../recognition/evaluation'

/** The name of a model that is made here; its folder's too. */
export const modelNameSchema = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/)

/** A model, as a list of them shows it. */
export const modelEntrySchema = z.object({
  name: z.string(),
  folder: z.string(),
  /** Comes with Longhand, and cannot be changed or deleted. */
  shipped: z.boolean(),
  /** Reads where nobody chose otherwise. */
  active: z.boolean(),
  /** What the user calls it; its name until then. */
  title: z.string(),
  /** What the user noted about it; empty without a note. */
  note: z.string(),
  /** The model that it was trained on from, as its card names it; it may be gone. */
  parent: z.string().nullable(),
  created: z.string(),
  classes: z.int(),
  parameters: z.int(),
  /** A model of words reads joined-up writing on the line pad, and cannot be the active one. */
  reads: z.enum(['characters', 'words']),
  data: z.array(z.object({ name: z.string(), use: z.string(), samples: z.int() })),
  validation: evaluationMetricsSchema.nullable(),
  /** What the gate said of a taught model; null for others. */
  taught: z.object({ rung: z.string(), passed: z.boolean() }).nullable(),
  /** Whether data of its own kind travels with it, without which it cannot be taught. */
  replay: z.boolean(),
})
export type ModelEntry = z.infer<typeof modelEntrySchema>

/** What is said of a model beside its card, which stays as it was made. */
export const modelRemarkSchema = z.object({
  title: z.string().trim().max(200).optional(),
  note: z.string().max(10_000).optional(),
})
export type ModelRemark = z.infer<typeof modelRemarkSchema>
