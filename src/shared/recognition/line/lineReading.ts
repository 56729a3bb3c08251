import { z } from 'zod'
import { inkSchema } from '../../ink/ink'
import { candidateSchema } from '../prediction'

/** What a field may hold besides a list of words. 'free' takes whatever the model knows. */
export const fieldKindSchema = z.enum(['free', 'digits', 'amount', 'date', 'postcode', 'phone'])

/** Words that may be there. */
export const wordListSchema = z.array(z.string().trim().min(1).max(64)).min(1).max(50_000)

/** What is expected of a line: a kind of field, or words of a list (in any case; read as the list spells them). */
export const expectationSchema = z.union([fieldKindSchema, z.object({ words: wordListSchema })])

/** A stretch of a stroke: its points from `from` up to, and with, `to`. */
export const inkPartSchema = z.object({
  stroke: z.int().min(0),
  from: z.int().min(0),
  to: z.int().min(0),
})

/** Strokes that a person said are one character, and which; the search goes around them. */
export const pinSchema = z.object({
  parts: z.array(inkPartSchema).min(1).max(100),
  label: z.string().min(1).max(64),
})

/** The guide lines that were written on, in the ink's unit, y downwards. */
export const guidesSchema = z.object({ baseline: z.number(), xHeight: z.number().positive() })

export const lineRequestSchema = z.object({
  ink: inkSchema,
  expects: expectationSchema.default('free'),
  guides: guidesSchema.optional(),
  pins: z.array(pinSchema).max(500).default([]),
})

export const lineCharacterSchema = z.object({
  label: z.string(),
  /** Of `label`, among all that the ink of this character may be where it stands in the line. */
  probability: z.number(),
  /** False for one that a person should look at. */
  sure: z.boolean(),
  /** The label that was read first, then the next best; up to five. */
  candidates: z.array(candidateSchema).min(1).max(5),
  /** What of the ink made it. */
  parts: z.array(inkPartSchema).min(1),
  /** Whether a gap before it was read as a space. */
  spaceBefore: z.boolean(),
})

/** A line of ink, read as a whole. */
export const lineReadingSchema = z.object({
  model: z.string(),
  text: z.string(),
  /** From left to right. */
  characters: z.array(lineCharacterSchema),
  /** Other readings of the whole line, best first. */
  alternatives: z.array(z.string()).max(4),
  /** Whether the text is of the kind that was expected; false where nothing that fits was found. */
  fits: z.boolean(),
  elapsedMs: z.number(),
})

export type FieldKind = z.infer<typeof fieldKindSchema>
export type Expectation = z.infer<typeof expectationSchema>
export type InkPart = z.infer<typeof inkPartSchema>
export type Pin = z.infer<typeof pinSchema>
export type Guides = z.infer<typeof guidesSchema>
export type LineRequest = z.infer<typeof lineRequestSchema>
export type LineCharacter = z.infer<typeof lineCharacterSchema>
export type LineReading = z.infer<typeof lineReadingSchema>
