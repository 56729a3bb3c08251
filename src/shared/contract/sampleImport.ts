import { z } from 'zod'
import type { ErrorCode } from '../errors/errorCodes'
import { datasetNameSchema, labelSchema, splitSchema } from '../samples/sampleQuery'
import { bytesSchema } from './bytes'
import { datasetAboutSchema } from './datasets'
import { editSchema } from './sampleEdits'

export const importRequestSchema = z.object({
  /** What to bring in, one after the other. */
  sources: z
    .array(
      z.object({
        /** As for training: `mnist:train`, `images:PATH`, `ink:FILE` and so on. */
        data: z.string().min(1).max(8192),
        /** 'auto': what the reference says (`mnist:test`), else by writer and session. */
        split: splitSchema.or(z.literal('auto')).default('auto'),
      }),
    )
    .min(1)
    .max(64),
  /** The data set's name; it is made where there is none. */
  dataset: datasetNameSchema,
  /** What labels become; null leaves their samples out. Labels that are not named stay as they are. */
  labels: z
    .array(z.object({ from: labelSchema, to: labelSchema.nullable() }))
    .max(65_536)
    .default([]),
  /** Samples whose content is in the data set already, or came before. */
  duplicates: z.enum(['skip', 'keep']).default('skip'),
  /** Turns pictures over, where the detected polarity is wrong. */
  invert: z.boolean().default(false),
  /** Leaves out what cannot be read, in place of refusing all. */
  skipProblems: z.boolean().default(false),
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** What of a file cannot be read; an AppError's code and data. */
const problemSchema = z.object({
  code: z.custom<ErrorCode>((value) => typeof value === 'string'),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const importPreviewSchema = z.object({
  /** What would come in. */
  samples: z.int(),
  ink: z.int(),
  pictures: z.int(),
  /** As they are in the files, with what they would become; by code point. */
  labels: z.array(z.object({ label: z.string(), count: z.int(), to: z.string().nullable() })),
  /** Writers that are named. */
  writers: z.int(),
  /** Smallest and largest picture; null without any. */
  sizes: z.object({ smallest: z.tuple([z.int(), z.int()]), largest: z.tuple([z.int(), z.int()]) }).nullable(),
  /** Samples that are like one before them, in the files or in the data set. */
  duplicates: z.int(),
  /** Whether pictures were dark on light, so that they are turned over. */
  turnedOver: z.boolean(),
  /** The first 100 problems. */
  problems: z.array(problemSchema),
  problemCount: z.int(),
  /** False where a problem ended the reading, so that the counts are of what came before it. */
  whole: z.boolean(),
  /** What the files tell of themselves. */
  about: datasetAboutSchema.nullable(),
  /** Up to 60 samples from all over, as in a page; their ids count from 1. */
  examples: z.object({ block: bytesSchema, labels: z.array(z.string()) }),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

const importStepSchema = z.object({
  step: z.enum(['reading', 'publishing']),
  /** Samples so far. */
  done: z.int(),
})
export type ImportStep = z.infer<typeof importStepSchema>
const importProgressSchema = importStepSchema.extend({ event: z.literal('progress') })
export const importPreviewEventSchema = z.discriminatedUnion('event', [
  importProgressSchema,
  z.object({ event: z.literal('done'), preview: importPreviewSchema }),
])
export type ImportPreviewEvent = z.infer<typeof importPreviewEventSchema>

export const importResultSchema = z.object({
  dataset: z.object({ id: z.int(), name: z.string() }),
  samples: z.int(),
  /** Left out for what they hold, for their label, or for not being readable. */
  duplicates: z.int(),
  unwanted: z.int(),
  problems: z.int(),
  /** Null where nothing came in. */
  edit: editSchema.nullable(),
  seconds: z.number(),
})
export type ImportResult = z.infer<typeof importResultSchema>
export const importEventSchema = z.discriminatedUnion('event', [
  importProgressSchema,
  z.object({ event: z.literal('done'), result: importResultSchema }),
])
export type ImportEvent = z.infer<typeof importEventSchema>

/** Reading a data set with a model, for its predictions, losses and uncertainties. */
export const scoreEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ event: z.literal('done'), scored: z.int(), right: z.int() }),
])
export type ScoreEvent = z.infer<typeof scoreEventSchema>

/** Looking at samples with a model, to sort them by likeness. */
export const embedEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), done: z.int(), total: z.int() }),
  /** How many it had not looked at before. */
  z.object({ event: z.literal('done'), embedded: z.int() }),
])
export type EmbedEvent = z.infer<typeof embedEventSchema>
