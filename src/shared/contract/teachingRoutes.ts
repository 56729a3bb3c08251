import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import {
  copiesPreviewSchema,
  handAugmentationSchema,
  teachingEventSchema,
  teachingModeSchema,
  teachingOutlookSchema,
  teachingResultSchema,
  teachingTuningSchema,
} from '../teaching/teaching'
import { dataReference, modelReference } from './references'
import { modelNameSchema } from './registry'
import { jobIdSchema, trainingStatusSchema } from './training'

const job = z.object({ job: jobIdSchema })

/** Fitting a model to one hand: measured, and taken into use only where it is better. */
export const teachingRoutes = {
  /** What the samples cover and what 'auto' would do with them. */
  plan: oc.input(z.object({ base: modelReference, data: dataReference })).output(teachingOutlookSchema),
  /** Some of the samples with changed copies of them, as the trainings would see them. */
  previewCopies: oc
    .input(z.object({ base: modelReference, data: dataReference, augmentation: handAugmentationSchema }))
    .output(copiesPreviewSchema),
  /** Starts a teaching and answers at once; like trainings, one runs at a time. */
  start: oc
    .input(
      z.object({
        base: modelReference,
        data: dataReference,
        mode: teachingModeSchema.default('auto'),
        /** At most so many samples of each class are learned from, drawn by the seed; all others are measured on. */
        shots: z.int().min(1).max(10_000).nullable().default(null),
        seed: z.int().min(0).max(0xffffffff).default(1),
        tuning: teachingTuningSchema.prefault({}),
        /** Data to measure what became of the base's abilities on; what travels with the base where it is left out. */
        baseData: dataReference.nullable().default(null),
        largestBaseLoss: z.number().min(0).max(1).default(0.005),
        /** The new model's name. */
        name: modelNameSchema,
        /** Makes it the active model where it passes the gate. */
        activate: z.boolean().default(false),
        /** The command line, for the card. */
        command: z.string().max(8192).default(''),
      }),
    )
    .output(job),
  /**
   * Goes on with one that was interrupted: cancelled, closed or killed. What was finished of it is not done again. Whether it
   * is taken into use is as it was asked for at its start; `activate` asks for it now.
   */
  resumeFrom: oc.input(z.object({ name: modelNameSchema, activate: z.boolean().default(false) })).output(job),
  /** Names of those that can be gone on with. */
  unfinished: oc.output(z.array(z.string())),
  /** Forgets one that was interrupted. */
  discard: oc.input(z.object({ name: modelNameSchema })),
  /** The teaching that runs, else the last one; null where there was none since the start. */
  status: oc.output(trainingStatusSchema.nullable()),
  /** Every event since the start, then those to come; it can be left and joined again. Ends after 'done'. */
  watch: oc.input(job).output(eventIterator(teachingEventSchema)),
  /** Lets it wait between two steps. */
  pause: oc.input(job),
  resume: oc.input(job),
  /** Stops between two steps; it can be gone on with. */
  cancel: oc.input(job),
  /** What came of the teaching that a model is from; null for a model that was not taught. */
  result: oc.input(z.object({ model: modelReference })).output(teachingResultSchema.nullable()),
}
