import { z } from 'zod'
import { pageLineSchema } from '../recognition/page/pageReading'
import { pictureBytesSchema } from './pages'

/** Straightened pages as `read` gave them, with the lines as they are to be found. */
export const searchablePdfRequestSchema = z.object({
  pages: z
    .array(
      z.object({
        page: pictureBytesSchema,
        width: z.int().min(1).max(16_384),
        height: z.int().min(1).max(16_384),
        lines: z.array(pageLineSchema).max(5000),
      }),
    )
    .min(1)
    .max(1000),
})
export type SearchablePdfRequest = z.infer<typeof searchablePdfRequestSchema>
