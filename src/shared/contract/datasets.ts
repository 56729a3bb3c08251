import { z } from 'zod'
import { datasetNameSchema } from '../samples/sampleQuery'

const text = z.string().max(10_000)

/** What a data set tells of itself, beside its counts; it travels with what is exported of it. */
export const datasetAboutSchema = z.object({
  /** Where the samples are from. */
  source: text,
  licence: text,
  /** What the people who wrote agreed to. */
  consent: text,
  /** How many people wrote; null where it is not known. */
  people: z.int().min(0).nullable(),
})
export type DatasetAbout = z.infer<typeof datasetAboutSchema>

export const datasetSchema = z.object({
  id: z.int(),
  name: datasetNameSchema,
  /** 'own' is the one that the Write screen keeps its samples in; it is always there, and cannot be removed. */
  kind: z.enum(['own', 'other']),
  createdMs: z.number(),
  samples: z.int(),
  labels: z.int(),
})
export type Dataset = z.infer<typeof datasetSchema>

export const datasetCardSchema = datasetAboutSchema.extend({
  samples: z.int(),
  /** By code point. */
  labels: z.array(z.object({ label: z.string(), count: z.int() })),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  writers: z.int(),
})
export type DatasetCard = z.infer<typeof datasetCardSchema>
