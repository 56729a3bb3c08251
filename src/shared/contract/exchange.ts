import { z } from 'zod'
import { cardUpdateSchema, modelExportSchema } from '../model/modelExport'

/** A model that was made of a file. */
export const importedModelSchema = z.object({
  name: z.string(),
  /** Its folder. */
  path: z.string(),
  parameters: z.int(),
  /** What a profile says of it beside its card; empty without. */
  title: z.string(),
  note: z.string(),
  /** The data set of the samples that came with it. */
  samples: z.object({ dataset: z.string(), count: z.int() }).nullable(),
})
export type ImportedModel = z.infer<typeof importedModelSchema>

export const modelImportEventSchema = z.discriminatedUnion('event', [
  /** Samples so far. */
  z.object({ event: z.literal('progress'), done: z.int() }),
  z.object({ event: z.literal('done'), model: importedModelSchema }),
])
export type ModelImportEvent = z.infer<typeof modelImportEventSchema>

/** A model that was written for other programs. */
const exportedModelSchema = z.object({
  entry: modelExportSchema,
  /** The file that says how it agrees with the model. */
  report: z.string(),
  card: cardUpdateSchema,
})
export type ExportedModelFile = z.infer<typeof exportedModelSchema>

export const exportEventSchema = z.discriminatedUnion('event', [
  /** Samples that it was measured on; the total is null before that. */
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int().nullable() }),
  z.object({ event: z.literal('done'), exported: exportedModelSchema }),
])
export type ExportEvent = z.infer<typeof exportEventSchema>

export const sharedProfileSchema = z.object({
  file: z.string(),
  bytes: z.int(),
  /** That went with it. */
  samples: z.int(),
})
export type SharedProfile = z.infer<typeof sharedProfileSchema>

export const shareEventSchema = z.discriminatedUnion('event', [
  /** Samples; the total is null while they are counted. */
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int().nullable() }),
  z.object({ event: z.literal('done'), profile: sharedProfileSchema }),
])
export type ShareEvent = z.infer<typeof shareEventSchema>
