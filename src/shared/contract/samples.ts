import { z } from 'zod'
import { rasterSchema } from '../image/raster'
import { inkSchema } from '../ink/ink'

/** A labelled sample to keep: what was written, what it should have been read as, and what it was read as. */
export const newSampleSchema = z.object({
  label: z.string().min(1).max(64),
  ink: inkSchema.nullable(),
  raster: rasterSchema,
  /** 'correction': the reading was wrong and was put right. 'confirmation': it was right and accepted. */
  source: z.enum(['correction', 'confirmation']),
  /** What the model answered, and which model it was. */
  predicted: z.string().nullable(),
  model: z.string(),
})
export const sampleCountsSchema = z.object({
  total: z.int(),
  corrections: z.int(),
})
export type NewSample = z.infer<typeof newSampleSchema>
export type SampleCounts = z.infer<typeof sampleCountsSchema>
