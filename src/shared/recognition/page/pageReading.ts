import { z } from 'zod'
import { pageBoxSchema, pictureBytesSchema } from '../../contract/pages'
import { expectationSchema } from '../line/lineReading'
import { candidateSchema } from '../prediction'

/** What a picture holds: a page is straightened and parted into lines; a line, such as one field of a form, is neither. */
export const pageLayoutSchema = z.enum(['page', 'line'])

export const pageReadingRequestSchema = z.object({
  picture: pictureBytesSchema,
  /** Names the picture in errors. */
  file: z.string().max(4096),
  /** Turns the picture clockwise first, by so many right angles. */
  quarterTurns: z.int().min(0).max(3).default(0),
  layout: pageLayoutSchema.default('page'),
  /** Of each line. */
  expects: expectationSchema.default('free'),
})

export const pageCharacterSchema = z.object({
  /** On the straightened page. */
  box: pageBoxSchema,
  label: z.string(),
  /** Of `label`, among all that the ink may be where it stands in the line. */
  probability: z.number(),
  /** False for one that a person should look at. */
  sure: z.boolean(),
  /** The label that was read first, then the next best; up to five. */
  candidates: z.array(candidateSchema).min(1).max(5),
  /** Whether a gap before it was read as a space. */
  spaceBefore: z.boolean(),
})

export const pageLineSchema = z.object({
  text: z.string(),
  /** From left to right. */
  characters: z.array(pageCharacterSchema),
  /** Other readings of the whole line, best first. */
  alternatives: z.array(z.string()).max(4),
  /** False where nothing of the expected kind was found. */
  fits: z.boolean(),
})

/** A picture of handwriting, read. */
export const pageReadingSchema = z.object({
  model: z.string(),
  /** The page with its lines level, as a grey PNG of `width` x `height`; dark on light. */
  page: z.instanceof(Uint8Array),
  width: z.int(),
  height: z.int(),
  /** By how many degrees it was turned clockwise. */
  turned: z.number(),
  /** From the top. */
  lines: z.array(pageLineSchema),
  elapsedMs: z.number(),
})

export type PageLayout = z.infer<typeof pageLayoutSchema>
export type PageReadingRequest = z.infer<typeof pageReadingRequestSchema>
export type PageCharacter = z.infer<typeof pageCharacterSchema>
export type PageLine = z.infer<typeof pageLineSchema>
export type PageReading = z.infer<typeof pageReadingSchema>
