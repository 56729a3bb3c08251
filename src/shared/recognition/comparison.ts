import { z } from 'zod'
import { evaluationMetricsSchema, evaluationSchema } from './evaluation'

/** How much a model's probabilities are worth, on labelled data. */
export const reliabilitySchema = z.object({
  /**
   * Expected calibration error (Naeini et al. 2015): how far the probability of the best class is from the share of right
   * answers on average, over `bins`.
   */
  ece: z.number(),
  /** Answers by the probability of their best class, in ten equal steps from 0 to 1; a bin without answers has zeros. */
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      count: z.int(),
      probability: z.number(),
      accuracy: z.number(),
    }),
  ),
})

/** A model's results on labelled data; the classes are the model's own, in its order. */
export const measuredModelSchema = evaluationMetricsSchema.extend({
  model: z.string(),
  perClass: evaluationSchema.shape.perClass,
  /** Row: the true class; column: the answer; both in the order of `perClass`. */
  confusion: evaluationSchema.shape.confusion,
  reliability: reliabilitySchema,
  /** Answers that would have been 'not sure' in the app. */
  unsure: z.int(),
  parameters: z.int(),
  /** Of the file that runs. */
  modelBytes: z.int(),
  /** One reading by itself, from raster to logits; a median. */
  readingMs: z.number(),
})

const answerSchema = z.object({
  label: z.string(),
  /** Calibrated. */
  probability: z.number(),
})

/** One sample, as two models read it. */
const comparedSampleSchema = z.object({
  /** Its place in the data. */
  index: z.int(),
  label: z.string(),
  before: answerSchema,
  after: answerSchema,
  /** As the first model sees it, row by row, 0 paper to 255 ink, as base64; null beyond the first thousand samples. */
  pixels: z.base64().nullable(),
})

/** Whether the difference between two models is more than chance, over the samples that just one of them reads rightly. */
export const significanceSchema = z.object({
  /** Samples that only the second model reads rightly, and only the first. */
  fixed: z.int(),
  broken: z.int(),
  /** Exact McNemar test, two-sided: how likely so uneven a split is by chance alone. */
  pValue: z.number(),
  /** 'better' and 'worse' from p < 0.05 on, 'likely-...' from p < 0.3 on. */
  verdict: z.enum(['better', 'likely-better', 'same', 'likely-worse', 'worse']),
})

/** Two models on the same samples. */
export const comparisonSchema = z.object({
  data: z.string(),
  /** Of the rasters in `samples`. */
  width: z.int(),
  height: z.int(),
  before: measuredModelSchema,
  after: measuredModelSchema,
  significance: significanceSchema,
  /** Every sample: those fixed, those broken, and what lies in a cell of a confusion matrix, are found among them. */
  samples: z.array(comparedSampleSchema),
})

export type Reliability = z.infer<typeof reliabilitySchema>
export type MeasuredModel = z.infer<typeof measuredModelSchema>
export type Significance = z.infer<typeof significanceSchema>
export type Comparison = z.infer<typeof comparisonSchema>
