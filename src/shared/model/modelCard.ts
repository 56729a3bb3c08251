import { z } from 'zod'
import { handErrorsSchema } from '../hand/hand'
import { handOddsSchema } from '../hand/handOdds'
import { evaluationMetricsSchema } from '../recognition/evaluation'
import { providerSchema, recipeSchema } from '../training/recipe'
import { trainingEngineSchema } from '../training/trainingEngine'
import { modelExportSchema } from './modelExport'
import { modelSpecSchema } from './modelSpec'

/** Fitted on held-out samples after training; see engine/infer/calibrate.ts. */
export const calibrationSchema = z.object({
  /** Logits are divided by it before the softmax (Guo et al. 2017). */
  temperature: z.number().positive(),
  /** Below this probability of its best class an answer is 'not sure'. */
  sureAt: z.number().min(0).max(1),
  /** From this probability of the last output on, the answer is 'not a character'. */
  rejectAt: z.number().min(0).max(1),
})

/** A training that was resumed with another rate, or with other epochs. */
export const recipeChangeSchema = z.object({
  /** Steps done before. */
  step: z.int(),
  learningRate: recipeSchema.shape.learningRate.unwrap(),
  epochs: recipeSchema.shape.epochs.unwrap(),
})

/** `card.json` of a model's folder: what it is, what it was made of, by what command, and how good it measured. */
export const modelCardSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  created: z.iso.datetime(),
  spec: modelSpecSchema,
  /** As the training began with it. */
  recipe: recipeSchema,
  /** What was changed while it went on. */
  history: z.array(recipeChangeSchema).optional(),
  /** What computed the training's steps; ONNX Runtime where it is left out. */
  engine: trainingEngineSchema.optional(),
  provider: providerSchema,
  parameters: z.int(),
  /** Name of the model that it was fine-tuned from. */
  parent: z.string().nullable(),
  data: z.array(z.object({ name: z.string(), use: z.enum(['training', 'validation']), samples: z.int() })),
  calibration: calibrationSchema,
  /** How it was fitted to one hand, for a model that was taught. */
  taught: z.object({ rung: z.enum(['prototypes', 'head', 'last', 'full']), passed: z.boolean() }).optional(),
  validation: evaluationMetricsSchema.nullable(),
  /** Measured after training, on data that it never saw, by `longhand eval`. */
  measured: z.array(z.object({ data: z.string(), count: z.int(), accuracy: z.number() })).default([]),
  /** Of a model that tells hands apart: how likely scores are, by `longhand hand calibrate`. */
  handOdds: handOddsSchema.optional(),
  /** And how often it errs about writers that it never saw, by `longhand hand eval`. */
  handErrors: z
    .array(handErrorsSchema.omit({ oddsCost: true }).extend({ data: z.string(), writers: z.int() }))
    .optional(),
  /** Files that were made of it for other programs, by `longhand export`. */
  exports: z.array(modelExportSchema).optional(),
  /** The command line that makes this model again. */
  command: z.string(),
  licence: z.string().default(''),
  notes: z.string().default(''),
})

export type Calibration = z.infer<typeof calibrationSchema>
export type ModelCard = z.infer<typeof modelCardSchema>
