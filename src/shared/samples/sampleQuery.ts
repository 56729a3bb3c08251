import { z } from 'zod'

/** What a sample is used for. */
export const splitSchema = z.enum(['train', 'validation', 'test'])
export type Split = z.infer<typeof splitSchema>

/**
 * Where a sample came from: the Write screen ('correction': the reading was wrong and was put right; 'confirmation': it was right
 * and accepted), guided writing ('collected'), a page of handwriting ('page'), a file ('import'), or another program ('api'). The
 * store keeps the place in this list: new ones come last.
 */
export const sampleSourceSchema = z.enum(['correction', 'confirmation', 'collected', 'page', 'import', 'api'])
export type SampleSource = z.infer<typeof sampleSourceSchema>
/** The sources of what the user's own hand made, which `samples.wipe` takes out. */
export const personalSources: readonly SampleSource[] = [
  'correction',
  'confirmation',
  'collected',
  'page',
  'api',
]

export const labelSchema = z.string().min(1).max(64)
export const writerSchema = z.string().min(1).max(256)
export const sessionSchema = z.string().min(1).max(128)

/**
 * A data set's name. It is part of references and addresses (`dataset:NAME:SPLIT?FILTER`), so that what divides those is left
 * out of it.
 */
export const datasetNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\s:?#/\\]([^\p{Cc}:?#/\\]*[^\p{Cc}\s:?#/\\])?$/u)

const atMost = 1000
const shareSchema = z.number().min(0).max(1)
const instantSchema = z.int().min(0)

/** Which samples: those that fit every field that is given; of a list, any of its values. */
export const sampleFilterSchema = z.object({
  /** A data set's id; all data sets where it is left out. */
  dataset: z.int().min(1).optional(),
  labels: z.array(labelSchema).min(1).max(atMost).optional(),
  splits: z.array(splitSchema).min(1).optional(),
  /** Null stands for samples whose writer nobody told. */
  writers: z.array(writerSchema.nullable()).min(1).max(atMost).optional(),
  sessions: z.array(sessionSchema).min(1).max(atMost).optional(),
  sources: z.array(sampleSourceSchema).min(1).optional(),
  /** When it was written or imported, in ms since 1970 UTC: not before `from`, and before `to`. */
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** Whether somebody put its label right: on the Write screen, or by relabelling it. */
  corrected: z.boolean().optional(),
  flagged: z.boolean().optional(),
  /** Whether somebody looked at its label and kept it. */
  reviewed: z.boolean().optional(),
  /** What the last model that read it took it for. */
  predicted: z.array(labelSchema).min(1).max(atMost).optional(),
  /** Whether that was its label. Samples that no model has read fit neither. */
  right: z.boolean().optional(),
  /** The probability of that prediction. */
  confidence: z.object({ from: shareSchema, to: shareSchema }).optional(),
})
export type SampleFilter = z.infer<typeof sampleFilterSchema>

/** Likeness to a sample, in the eyes of a model, which must have looked at the samples (`samples.embed`). */
const likenessSchema = z.object({ sample: z.int().min(1), model: z.string().min(1).max(256) })

/**
 * The order. Equal ones follow in their order of entry, so that it is the same every time. Samples that no model has read come
 * last by loss, uncertainty and confidence, in both directions; so do by likeness those at which its model has not looked.
 */
export const sampleSortSchema = z.object({
  by: z.enum(['entry', 'time', 'label', 'loss', 'uncertainty', 'confidence', 'likeness']).default('entry'),
  descending: z.boolean().default(false),
  /** For 'likeness', whose ascending order has what is most alike first. */
  like: likenessSchema.optional(),
})
export type SampleSort = z.infer<typeof sampleSortSchema>

export const sampleQuerySchema = z.object({
  filter: sampleFilterSchema.default({}),
  sort: sampleSortSchema.prefault({}),
})
export type SampleQuery = z.infer<typeof sampleQuerySchema>

/** What a change is made to. */
export const sampleSelectionSchema = z.union([
  z.object({ ids: z.array(z.int().min(1)).min(1).max(1_000_000) }),
  z.object({ filter: sampleFilterSchema }),
])
export type SampleSelection = z.infer<typeof sampleSelectionSchema>
