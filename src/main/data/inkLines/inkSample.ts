import { z } from 'zod'
import { inkSchema } from '../../../shared/ink/ink'

/** One line of an ink file: `{"label","writer"?,"strokes":[[[x,y,(t),(pressure)],...],...]}`. */
export const inkSampleSchema = z.object({
  label: z.string().min(1).max(64),
  writer: z.union([z.string().max(256), z.number()]).nullish(),
  strokes: inkSchema,
})
