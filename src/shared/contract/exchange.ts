import { z } from 'zod'

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
