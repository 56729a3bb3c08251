import { z } from 'zod'

/** The formats that data can be written in. */
export const conversionFormatSchema = z.enum(['idx', 'images', 'ink', 'inkml', 'parquet'])
export type ConversionFormat = z.infer<typeof conversionFormatSchema>

/** What was written. */
export const conversionSchema = z.object({
  format: conversionFormatSchema,
  files: z.array(z.string()),
  /** The reference that opens it. */
  data: z.string(),
  samples: z.int(),
  labels: z.array(z.string()),
  /** How many people wrote; null where the data does not tell. */
  people: z.int().nullable(),
  /** Of the pictures, where all are of one size; null for others, and for ink. */
  size: z.object({ width: z.int(), height: z.int() }).nullable(),
  /** Whether ink was drawn, or pictures were brought to one size, so that it is no longer what was read. */
  redrawn: z.boolean(),
})
export type Conversion = z.infer<typeof conversionSchema>

export const conversionProgressSchema = z.object({
  step: z.enum(['counting', 'writing']),
  /** Samples. */
  done: z.int(),
  /** Null while they are counted. */
  total: z.int().nullable(),
})
export type ConversionProgress = z.infer<typeof conversionProgressSchema>
