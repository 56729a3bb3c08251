import { z } from 'zod'
import { pictureBytesSchema } from '../../contract/pages'
import { pageLineSchema } from '../page/pageReading'
import { formSpecSchema } from './formSpec'

export const formReadingRequestSchema = z.object({
  picture: pictureBytesSchema,
  /** Names the picture in errors. */
  file: z.string().max(4096),
  /** Turns the picture clockwise first, by so many right angles. */
  quarterTurns: z.int().min(0).max(3).default(0),
  form: formSpecSchema,
})

/** A form that was filled in, read field by field. */
export const formReadingSchema = z.object({
  model: z.string(),
  /** In the form's order. Boxes of characters are in the pixels of the field's own part of the page. */
  fields: z.array(
    z.object({
      name: z.string(),
      /** Null where nothing is written. */
      line: pageLineSchema.nullable(),
    }),
  ),
  elapsedMs: z.number(),
})

export type FormReadingRequest = z.infer<typeof formReadingRequestSchema>
export type FormReading = z.infer<typeof formReadingSchema>
