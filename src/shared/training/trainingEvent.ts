import { z } from 'zod'
import { evaluationMetricsSchema } from '../recognition/evaluation'
import { providerChoiceSchema } from './providerChoice'
import { providerSchema } from './recipe'
import { trainingEngineSchema } from './trainingEngine'

export const epochEventSchema = z.object({
  event: z.literal('epoch'),
  epoch: z.int(),
  trainingLoss: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  /** How it does on samples that are watched besides, by what they are called. */
  watched: z.record(z.string(), z.object({ loss: z.number(), accuracy: z.number() })).optional(),
  seconds: z.number(),
  best: z.boolean(),
})

/** What computed failed, and something else took over at the last checkpoint. */
export const providerChangedSchema = z.object({
  event: z.literal('provider-changed'),
  from: z.union([providerSchema, z.literal('tensorflow')]),
  to: providerSchema,
  reason: z.string(),
})

/** Between two steps: how many are done, and in which epoch. */
const place = { epoch: z.int(), step: z.int() }

/**
 * What a training tells while it runs: first 'started', then the epochs that a resumed one had finished, then step, epoch
 * and the rest as they come, and at last 'done'.
 */
export const trainingEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('started'),
    /** ONNX Runtime where it is left out. */
    engine: trainingEngineSchema.optional(),
    /** Of ONNX Runtime; beside TensorFlow it still measures the held-out samples. */
    provider: providerSchema,
    parameters: z.int(),
    trainingSamples: z.int(),
    validationSamples: z.int(),
    epochs: z.int(),
    stepsPerEpoch: z.int(),
    /** Steps that were done before, for a training that goes on from its checkpoint. */
    stepsDone: z.int(),
    /** How the provider came to be chosen, where nobody named one. */
    choice: providerChoiceSchema.optional(),
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
  epochEventSchema,
  /** All work up to here is safe on the disk: a training that ends now, for whatever reason, can be resumed. */
  z.object({ event: z.literal('checkpoint'), ...place }),
  z.object({ event: z.literal('paused'), ...place }),
  z.object({ event: z.literal('resumed'), ...place }),
  providerChangedSchema,
  /** Something that the training goes on without; it tries again later. */
  z.object({
    event: z.literal('warning'),
    about: z.enum(['checkpoint-unwritable', 'checkpoint-damaged', 'model-unwritable']),
    detail: z.string(),
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

export type EpochEvent = z.infer<typeof epochEventSchema>
export type TrainingEvent = z.infer<typeof trainingEventSchema>
