import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  enrolledHandSchema,
  handComparisonSchema,
  handMeasurementSchema,
  writersBySchema,
} from '../hand/hand'
import { handOddsSchema } from '../hand/handOdds'
import { inkSchema } from '../ink/ink'
import { pictureBytesSchema } from './pages'
import { dataReference, modelReference } from './references'

/** Of one hand at a time. */
export const mostHandPictures = 50

const name = z.string().trim().min(1).max(64)
/** Samples of one hand: from data, of one of its writers where that is named; or as ink or pictures, a word or a name each. */
const writing = z.union([
  z.object({ data: dataReference, writer: z.string().max(256).optional() }),
  z.object({ inks: z.array(inkSchema).min(1).max(1000) }),
  z.object({
    /** PNG, JPEG, WebP, BMP or TIFF; `file` names one in errors. */
    pictures: z
      .array(z.object({ picture: pictureBytesSchema, file: z.string().max(1024) }))
      .min(1)
      .max(mostHandPictures),
  }),
])
const model = modelReference.default('hand')
const count = z.int().min(1).max(1000)

/** Whose hand it is. What is kept of a person are some numbers for the style, and none of the writing. */
export const handRoutes = {
  list: oc.output(z.array(enrolledHandSchema)),
  /** Learns a person's hand, in place of what was known of one of that name. */
  enrol: oc.input(z.object({ name, writing, model })).output(enrolledHandSchema),
  /** Which of the known hands wrote it. */
  identify: oc.input(z.object({ writing, model })).output(handComparisonSchema),
  /** Whether a known hand wrote it. */
  verify: oc.input(z.object({ name, writing, model })).output(handComparisonSchema),
  /** Refuses with 'hand-unknown', and with 'hand-taken' where somebody else has that name. */
  rename: oc.input(z.object({ name, to: name })).output(enrolledHandSchema),
  remove: oc.input(z.object({ name })),
  /** Forgets everybody. */
  wipe: oc.output(z.object({ hands: z.int() })),
  /** How well a model tells the writers of data apart: each is enrolled, and compared with everybody. */
  measure: oc
    .input(
      z.object({
        model,
        data: dataReference,
        /** Where the writing in question is from; from `data` itself where it is left out, then from other samples than the enrolled. */
        against: dataReference.optional(),
        by: writersBySchema.default('writer'),
        enrolled: z.array(count).min(1).max(10).default([10]),
        questioned: z.array(count).min(1).max(10).default([1, 10]),
      }),
    )
    .output(handMeasurementSchema),
  /**
   * Fits a model's odds on writers that it was not trained on, and writes them into its card. With `whiten`, what it was trained on,
   * the model first gets a layer that evens out how samples of one hand stray.
   */
  calibrate: oc
    .input(
      z.object({
        model,
        data: dataReference,
        whiten: dataReference.optional(),
        by: writersBySchema.default('writer'),
      }),
    )
    .output(handOddsSchema),
}
