import { z } from 'zod'
import { comparisonSchema } from '../recognition/comparison'
import {
  augmentationSchema,
  optimizerSchema,
  providerSchema,
  recipeSchema,
  scheduleSchema,
} from '../training/recipe'
import { epochEventSchema, providerChangedSchema } from '../training/trainingEvent'

/**
 * How much of a model is changed, from the quickest to the most: the classes' means in its feature space, its head, its last
 * layers too, or all of it.
 */
export const teachingRungSchema = z.enum(['prototypes', 'head', 'last', 'full'])
/** 'auto' chooses by how many samples there are. */
export const teachingModeSchema = z.enum(['auto', ...teachingRungSchema.options])

const { rotation, scale, shift, shear, elastic, thickness } = augmentationSchema.shape
/** How far the copies of a sample may differ from it; see augmentationSchema. */
export const handAugmentationSchema = z.object({
  rotation: rotation.unwrap(),
  scale: scale.unwrap(),
  shift: shift.unwrap(),
  shear: shear.unwrap(),
  elastic: elastic.unwrap(),
  thickness: thickness.unwrap(),
})

const optimizerNameSchema = z.enum(optimizerSchema.options.map(({ shape }) => shape.type.value))

/** What a user may set by hand; what is left out is chosen by rung and number of samples. */
export const teachingTuningSchema = z.object({
  /** Times through the samples. */
  epochs: z.int().min(1).max(1000).optional(),
  learningRate: z.number().positive().max(1).optional(),
  batchSize: z.int().min(8).max(1024).optional(),
  /** How strongly weights are held to where they began. */
  anchor: z.number().min(0).max(1000).optional(),
  /** Share of each batch that repeats the base model's own data. */
  replayShare: z.number().min(0.1).max(0.9).optional(),
  /** Changed copies of each sample that the head and the last layers learn from. */
  copies: z.int().min(1).max(200).optional(),
  optimizer: optimizerNameSchema.optional(),
  schedule: scheduleSchema.optional(),
  /** Weight of half the squared norm of all weights in the loss. */
  l2: recipeSchema.shape.l2.unwrap().optional(),
  /** Share of what the head sees that is left out at random in each step. */
  dropout: z.number().min(0).max(0.9).optional(),
  /**
   * Stops a training after so many epochs without a gain on the samples that it is watched with; 0 never does. Those are the
   * samples that it is measured on, so that the measurement is then a little too kind.
   */
  patience: recipeSchema.shape.patience.unwrap().optional(),
  augmentation: handAugmentationSchema.optional(),
  /** What computes the trainings; the CPU where it is left out. Measuring is always done on the CPU. */
  provider: providerSchema.optional(),
})

const usualTuningSchema = teachingTuningSchema.required()

/** Samples of one class, as far as teaching is concerned. */
export const classCoverageSchema = z.object({
  label: z.string(),
  samples: z.int(),
  /** Not one of the base model's classes. */
  isNew: z.boolean(),
})

/** What is there to teach with, before anything is done. */
export const teachingPlanSchema = z.object({
  base: z.string(),
  /** Of the base model's classes in their order, those without samples included; then the new ones. */
  coverage: z.array(classCoverageSchema),
  samples: z.int(),
  /** Sittings, or writers, that the samples come from; 1 where nothing tells them apart. */
  groups: z.int(),
  /** What 'auto' would choose. */
  rung: teachingRungSchema,
  /** Classes that have samples, but fewer than three: too few for a new class. */
  tooFew: z.array(z.string()),
})

/** What is planned, and what each training would be done with where nothing is set by hand. */
export const teachingOutlookSchema = teachingPlanSchema.extend({
  usual: z.object({ head: usualTuningSchema, last: usualTuningSchema, full: usualTuningSchema }),
})

/** Samples, each as it is and as some of its changed copies. */
export const copiesPreviewSchema = z.object({
  width: z.int(),
  height: z.int(),
  samples: z.array(
    z.object({
      label: z.string(),
      /** Row by row, 0 paper to 255 ink, as base64; the first is the sample itself. */
      pictures: z.array(z.base64()),
    }),
  ),
})

const shareSchema = z.object({ count: z.int(), accuracy: z.number() })

/** Whether the new model is the better one, and why. Without both of these it is not taken into use by itself. */
export const gateSchema = z.object({
  passed: z.boolean(),
  /** What speaks against it: nothing learned of the held-out samples, or too much of the base's data lost. */
  reasons: z.array(z.enum(['no-gain', 'base-worse'])),
  /** Largest loss of accuracy on the base's data, as a share: 0.005 is half a point. */
  largestBaseLoss: z.number(),
  /** The user's samples, each read by a model that was not taught with it. */
  own: z.object({ before: shareSchema, after: shareSchema }),
  /** Data of the base model's kind that neither saw in training. */
  base: z.object({ before: shareSchema, after: shareSchema }),
})

/** What to write next, most useful first. */
export const suggestionSchema = z.object({
  label: z.string(),
  /** No samples; fewer than five; read wrongly although there are samples. */
  reason: z.enum(['missing', 'few', 'confused']),
  /** What it is taken for most; null but for 'confused'. */
  with: z.string().nullable(),
  /** How many more. */
  samples: z.int(),
})

/** How the accuracy on held-out samples grows with the samples of a class, by the quickest rung. */
export const learningCurveSchema = z.array(
  z.object({
    /** Samples a class; 0 is the base model. */
    shots: z.int(),
    accuracy: z.number(),
    /** Share of each class's held-out samples that is read rightly; null where there are none. */
    perClass: z.array(z.object({ label: z.string(), recall: z.number().nullable() })),
  }),
)

/** All that came of a teaching; kept with the model as `teaching.json`. */
export const teachingResultSchema = z.object({
  format: z.literal(1),
  model: z.string(),
  base: z.string(),
  data: z.string(),
  rung: teachingRungSchema,
  /** Why 'auto' took it; 'asked' where it was named. */
  rungReason: z.enum(['asked', 'few-samples', 'some-samples', 'many-samples']),
  seed: z.int(),
  plan: teachingPlanSchema,
  /** How the held-out samples were chosen: by sitting or writer, or in turns within the classes. */
  heldOutBy: z.enum(['groups', 'turns']),
  gate: gateSchema,
  /** Base and taught model on the held-out samples. */
  comparison: comparisonSchema,
  curve: learningCurveSchema,
  suggestions: z.array(suggestionSchema),
  /** From reading the samples to the model that was written, measuring included; and the training of that model alone. */
  seconds: z.number(),
  trainingSeconds: z.number(),
})

/** A part of a teaching: the model itself, or one of those that it is judged by. */
const teachingStageSchema = z.object({
  /** 'fold' is a training without some of the samples, which it is then measured on; 'final' is the model itself. */
  part: z.enum(['fold', 'final']),
  /** From 1. */
  number: z.int(),
  of: z.int(),
  /** What is trained: rungs above the head begin with it. */
  rung: teachingRungSchema,
})

/** First 'started', then stages with the epochs of their trainings, and at last 'done'. */
export const teachingEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('started'),
    plan: teachingPlanSchema,
    rung: teachingRungSchema,
    rungReason: teachingResultSchema.shape.rungReason,
    /** What computes the trainings. */
    provider: providerSchema,
  }),
  teachingStageSchema.extend({ event: z.literal('stage') }),
  z.object({
    event: z.literal('step'),
    step: z.int(),
    steps: z.int(),
    loss: z.number(),
    imagesPerSecond: z.number(),
    /** Of this stage. */
    secondsLeft: z.number(),
  }),
  /**
   * Measured on samples that the stage holds out; on the base's own data in the final stage. Watched are samples that it
   * learns from ('training') and the base's own data ('base').
   */
  epochEventSchema,
  providerChangedSchema,
  z.object({ event: z.literal('paused') }),
  z.object({ event: z.literal('resumed') }),
  z.object({
    event: z.literal('done'),
    /** The new model's folder. */
    path: z.string(),
    result: teachingResultSchema,
    /** Whether it is the active model now. */
    activated: z.boolean(),
  }),
])

export type TeachingRung = z.infer<typeof teachingRungSchema>
/** A rung that is trained step by step. */
export type TrainedRung = Exclude<TeachingRung, 'prototypes'>
export type TeachingMode = z.infer<typeof teachingModeSchema>
export type TeachingTuning = z.infer<typeof teachingTuningSchema>
export type ClassCoverage = z.infer<typeof classCoverageSchema>
export type HandAugmentation = z.infer<typeof handAugmentationSchema>
export type UsualTuning = z.infer<typeof usualTuningSchema>
export type TeachingOutlook = z.infer<typeof teachingOutlookSchema>
export type CopiesPreview = z.infer<typeof copiesPreviewSchema>
export type TeachingPlan = z.infer<typeof teachingPlanSchema>
export type Gate = z.infer<typeof gateSchema>
export type Suggestion = z.infer<typeof suggestionSchema>
export type LearningCurve = z.infer<typeof learningCurveSchema>
export type TeachingResult = z.infer<typeof teachingResultSchema>
export type TeachingEvent = z.infer<typeof teachingEventSchema>

/** What is trained for a rung, one after the other: those above the head begin with the head (Kumar et al. 2022). */
export function trainedRungs(rung: TeachingRung): readonly TrainedRung[] {
  if (rung === 'prototypes') return []
  return rung === 'head' ? ['head'] : ['head', rung]
}
