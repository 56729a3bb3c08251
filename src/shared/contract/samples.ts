import { z } from 'zod'
import { rasterSchema } from '../image/raster'
import { inkSchema } from '../ink/ink'
import {
  labelSchema,
  sampleQuerySchema,
  sampleSourceSchema,
  sessionSchema,
  splitSchema,
  writerSchema,
} from '../samples/sampleQuery'
import { bytesSchema } from './bytes'
import { editSchema } from './sampleEdits'

/** A labelled sample to keep: what was written, what it should have been read as, and what it was read as. */
export const newSampleSchema = z.object({
  label: labelSchema,
  ink: inkSchema.nullable(),
  raster: rasterSchema,
  source: sampleSourceSchema.exclude(['import']),
  /** What the model answered, and which model it was; null and '' where none was asked. */
  predicted: z.string().max(64).nullable(),
  model: z.string().max(256),
  /** A data set's id; the user's own where it is left out. */
  dataset: z.int().min(1).optional(),
  /** Who wrote it; the user where it is left out. */
  writer: writerSchema.optional(),
  /** A sitting. Samples of one are alike, and are kept in one split; this run of the app where it is left out. */
  session: sessionSchema.optional(),
})
export type NewSample = z.infer<typeof newSampleSchema>

/** Of the user's own data set. */
export const sampleCountsSchema = z.object({ total: z.int(), corrections: z.int() })
export type SampleCounts = z.infer<typeof sampleCountsSchema>

/** A range of a query's result. */
export const samplePageSchema = z.object({
  /** Samples of the whole result. */
  total: z.int(),
  offset: z.int(),
  /** See shared/samples/sampleBlock.ts. */
  block: bytesSchema,
  /** What the block's label numbers mean; those that occur in it. */
  labels: z.array(z.string()),
  /** Goes up with every change of the store: pages of another number may be out of date. */
  revision: z.int(),
})
export type SamplePage = z.infer<typeof samplePageSchema>

const facet = <Value extends z.ZodType>(value: Value) => z.array(z.object({ value, count: z.int() }))

/**
 * How many samples each value of a filter would leave, beside the filter's other fields: its own field is not applied to it.
 * Values without a sample are left out.
 */
export const sampleFacetsSchema = z.object({
  total: z.int(),
  /** By code point. */
  labels: facet(labelSchema),
  splits: facet(splitSchema),
  /** The 1,000 with the most samples. */
  writers: facet(writerSchema.nullable()),
  /** The newest 1,000. */
  sessions: facet(sessionSchema),
  sources: facet(sampleSourceSchema),
  corrected: facet(z.boolean()),
  flagged: facet(z.boolean()),
  reviewed: facet(z.boolean()),
  predicted: facet(labelSchema),
  right: facet(z.boolean()),
})
export type SampleFacets = z.infer<typeof sampleFacetsSchema>

/** One sample with everything that is known of it. */
export const sampleSchema = z.object({
  id: z.int(),
  dataset: z.int(),
  label: z.string(),
  /** The label that it came with. */
  firstLabel: z.string(),
  writer: z.string().nullable(),
  session: z.string().nullable(),
  source: sampleSourceSchema,
  split: splitSchema,
  /** In ms since 1970 UTC. */
  createdMs: z.number(),
  corrected: z.boolean(),
  flagged: z.boolean(),
  reviewed: z.boolean(),
  ink: inkSchema.nullable(),
  /** As it came; drawn from the ink where it came as ink. */
  raster: rasterSchema,
  /** What the last model that read it made of it. */
  reading: z
    .object({
      model: z.string(),
      predicted: z.string(),
      right: z.boolean(),
      /** Null where the model's answer is known without its probabilities. */
      confidence: z.number().nullable(),
      /** Cross-entropy of its label, in nats. */
      loss: z.number().nullable(),
      /** Entropy of the probabilities, in nats. */
      uncertainty: z.number().nullable(),
    })
    .nullable(),
  /** The changes that it went through, oldest first; those that are undone are not among them. */
  history: z.array(
    z.object({
      edit: z.int(),
      kind: editSchema.shape.kind,
      atMs: z.number(),
      /** Of the field that was changed, in words; null for what was not there. */
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})
export type Sample = z.infer<typeof sampleSchema>

/** A sitting: samples that were written one after the other. */
export const writingSessionSchema = z.object({
  session: sessionSchema,
  dataset: z.int(),
  firstMs: z.number(),
  lastMs: z.number(),
  samples: z.int(),
  /** What was written in it, and how often. */
  labels: facet(labelSchema),
})
export type WritingSession = z.infer<typeof writingSessionSchema>

/** What one writer wrote of the samples that were asked for. */
export const writerStatsSchema = z.object({
  /** Null for samples whose writer nobody told. */
  writer: writerSchema.nullable(),
  samples: z.int(),
  /** Different ones. */
  labels: z.int(),
  /** Samples that a model has read, and those of them that it took for what they are labelled. */
  read: z.int(),
  right: z.int(),
})
export type WriterStats = z.infer<typeof writerStatsSchema>

/** What the samples of one label look like. */
export const labelStatsSchema = z.object({
  label: z.string(),
  count: z.int(),
  /** How many of them the pictures were made of, evenly spread. */
  used: z.int(),
  /** `[28, 28]`: mean and standard deviation of each pixel, 0 to 255. */
  mean: bytesSchema,
  spread: bytesSchema,
})
export type LabelStats = z.infer<typeof labelStatsSchema>

/** A query, kept under a name. */
export const savedViewSchema = z.object({ name: z.string().trim().min(1).max(64), query: sampleQuerySchema })
export type SavedView = z.infer<typeof savedViewSchema>
