import { z } from 'zod'
import { bytesSchema } from '../contract/bytes'

export const mapStepSchema = z.object({
  /**
   * A model looks at the samples; those alike are found; UMAP lays some of them out; the others are put between those that they
   * are like.
   */
  step: z.enum(['features', 'neighbours', 'layout', 'placing']),
  done: z.int(),
  total: z.int(),
})
export type MapStep = z.infer<typeof mapStepSchema>

export const mapEventSchema = z.discriminatedUnion('event', [
  mapStepSchema.extend({ event: z.literal('progress') }),
  z.object({ event: z.literal('done'), samples: z.int() }),
])
export type MapEvent = z.infer<typeof mapEventSchema>

/** A data set laid out in a plane, so that samples that a model sees alike lie together. */
export const sampleMapSchema = z.object({
  atMs: z.number(),
  model: z.string(),
  /** Samples of the data set when it was drawn; at most 20,000 of them, drawn by lot, are on it. */
  total: z.int(),
  /** uint32 [samples], little-endian, as the others. */
  ids: bytesSchema,
  /** float32 [samples, 2], about 0, the farthest at 1. */
  places: bytesSchema,
  /** uint16 [samples]: index into `labels`, as they are now; 65,535 for a sample that is gone. */
  labelIndex: bytesSchema,
  /** By code point. */
  labels: z.array(z.string()),
})
export type SampleMap = z.infer<typeof sampleMapSchema>

/** More samples could neither be told apart nor be laid out while somebody waits. */
export const mostMapped = 20_000
/** The label index of a sample that is gone. */
export const goneFromMap = 0xffff
