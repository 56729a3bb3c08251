import { z } from 'zod'

export const jobIdSchema = z.string().min(1).max(64)

/** The training that was started last, as somebody who joins finds it. */
export const trainingStatusSchema = z.object({
  job: jobIdSchema,
  name: z.string(),
  outFolder: z.string(),
  state: z.enum(['running', 'paused', 'done', 'failed']),
})
export type TrainingStatus = z.infer<typeof trainingStatusSchema>
