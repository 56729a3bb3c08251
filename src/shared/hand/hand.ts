import { z } from 'zod'

/** What names the writers of data: its writers, or its labels where those are the writers' names. */
export const writersBySchema = z.enum(['writer', 'label'])
export type WritersBy = z.infer<typeof writersBySchema>

/** A person whose writing is known. */
export const enrolledHandSchema = z.object({
  name: z.string(),
  /** Words, names or characters that it rests on. */
  samples: z.int(),
  created: z.iso.datetime(),
  model: z.string(),
  /** False where the model has changed since: it must be enrolled again. */
  current: z.boolean(),
})
export type EnrolledHand = z.infer<typeof enrolledHandSchema>

/** How one known hand compares with writing in question. */
const handMatchSchema = z.object({
  name: z.string(),
  /** Samples that the enrolment rests on. */
  enrolled: z.int(),
  /** Cosine of the angle between the two, -1 to 1. */
  score: z.number(),
  /** How many times likelier this score is if one hand wrote both than if two did. */
  likelihoodRatio: z.number(),
})
export type HandMatch = z.infer<typeof handMatchSchema>

/** Known hands against writing in question, the likeliest first. */
export const handComparisonSchema = z.object({
  model: z.string(),
  /** Samples in question, taken together as one hand's. */
  questioned: z.int(),
  /** Writers whose scores the odds were fitted to. */
  calibratedOn: z.int(),
  matches: z.array(handMatchSchema),
})
export type HandComparison = z.infer<typeof handComparisonSchema>

/** Errors of telling hands apart where so many samples of each were enrolled and in question. */
export const handErrorsSchema = z.object({
  enrolled: z.int(),
  questioned: z.int(),
  /** Comparisons of one hand, and of two. */
  same: z.int(),
  different: z.int(),
  /** Where as many of the same hand are turned down as of others are taken for it. */
  equalErrorRate: z.number(),
  /** Share of the samples in question that were most like their own writer among all. */
  identified: z.number(),
  /**
   * What the odds are worth, in bits: 0 is perfect, 1 is what saying nothing costs (Cllr, Brümmer & du Preez 2006). Null for a model
   * without odds.
   */
  oddsCost: z.number().nullable(),
})
export type HandErrors = z.infer<typeof handErrorsSchema>

export const handMeasurementSchema = z.object({
  model: z.string(),
  data: z.string(),
  /** Where the writing in question is from; null where it is from the same data. */
  against: z.string().nullable(),
  writers: z.int(),
  errors: z.array(handErrorsSchema),
})
export type HandMeasurement = z.infer<typeof handMeasurementSchema>
