import { z } from 'zod'
import { evaluationMetricsSchema } from '../recognition/evaluation'
import { providerSchema } from './recipe'

/** What a training tells while it runs, in order: started, then step and epoch, then done. */
export const trainingEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('started'),
    provider: providerSchema,
    parameters: z.int(),
    trainingSamples: z.int(),
    validationSamples: z.int(),
    epochs: z.int(),
    stepsPerEpoch: z.int(),
  }),
  z.object({
    event: z.literal('step'),
    epoch: z.int(),
    /** Steps done in all epochs so far, and in all epochs of the run. */
    step: z.int(),
    steps: z.int(),
    loss: z.number(),
    learningRate: z.number(),
    imagesPerSecond: z.number(),
    secondsLeft: z.number(),
  }),
  z.object({
    event: z.literal('epoch'),
    epoch: z.int(),
    trainingLoss: z.number(),
    validationLoss: z.number(),
    validationAccuracy: z.number(),
    seconds: z.number(),
    best: z.boolean(),
  }),
  z.object({
    event: z.literal('done'),
    /** The model's folder. */
    path: z.string(),
    /** 'cancelled' and 'stopped early' leave the best epoch so far, if one was finished. */
    reason: z.enum(['finished', 'cancelled', 'stopped-early']),
    epochs: z.int(),
    seconds: z.number(),
    metrics: evaluationMetricsSchema.nullable(),
  }),
])

export type TrainingEvent = z.infer<typeof trainingEventSchema>
