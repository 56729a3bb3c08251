import { z } from 'zod'
import { teachingModeSchema, teachingTuningSchema } from '../../../shared/teaching/teaching'

/** All that a teaching depends on, so that one that was interrupted can be gone on with. */
export const teachingJobSchema = z.object({
  format: z.literal(1),
  baseFolder: z.string(),
  data: z.string(),
  mode: teachingModeSchema,
  /** See contract/teachingRoutes.ts. */
  shots: z.int().nullable(),
  seed: z.int(),
  tuning: teachingTuningSchema,
  baseData: z.string().nullable(),
  largestBaseLoss: z.number(),
  /** Jobs from before it was kept did not ask for it. */
  activate: z.boolean().default(false),
  name: z.string(),
  command: z.string(),
  /** Of the samples and of what is replayed; see dataFingerprint.ts. */
  fingerprint: z.string(),
})
export type TeachingJob = z.infer<typeof teachingJobSchema>
