import { z } from 'zod'

/** Random changes to each training sample; every one is a limit, and 0 turns it off. Lengths are in raster pixels. */
export const augmentationSchema = z.object({
  /** Degrees, both ways. */
  rotation: z.number().min(0).max(180).default(0),
  /** Relative change of size, both ways and per axis: 0.1 draws factors from 0.9 to 1.1. */
  scale: z.number().min(0).max(0.9).default(0),
  /** Shift in pixels, both ways and per axis; what leaves the raster is cropped. */
  shift: z.number().min(0).max(64).default(0),
  /** Horizontal shear, both ways: 0.2 moves a point sideways by up to a fifth of its height. */
  shear: z.number().min(0).max(1).default(0),
  /** Vertical shear, both ways: 0.2 moves a point up or down by up to a fifth of its way aside, as lines rise in a quick hand. */
  slope: z.number().min(0).max(1).default(0),
  /**
   * How far the parts of ink grow and shrink at each other's cost, as a share of half the character's size: a smooth warp of
   * each axis that keeps its ends (after Leung & Leung 2009).
   */
  proportions: z.number().min(0).max(0.25).default(0),
  /** Elastic distortion (Simard et al. 2003): standard deviation of the smoothed displacement, in pixels. */
  elastic: z.number().min(0).max(16).default(0),
  /** Change of the stroke's thickness, in pixels, both ways. */
  thickness: z.number().min(0).max(8).default(0),
  /** Standard deviation of a blur, in pixels, drawn from 0 up: small scans that were made larger are soft. */
  blur: z.number().min(0).max(8).default(0),
  /** Perspective: how much nearer one side may come, both ways and per axis, as a share of the distance. */
  perspective: z.number().min(0).max(0.5).default(0),
  /** Side of the square that is wiped out somewhere, in pixels, drawn from 0 up (DeVries & Taylor 2017). */
  cutout: z.number().min(0).max(64).default(0),
  /**
   * How far each stroke of ink strays by itself, as a share of the character's size: standard deviation of its shift; it turns,
   * stretches and bows in proportion, and its corners become round.
   */
  strokes: z.number().min(0).max(0.3).default(0),
  /** Mean share of the strokes of ink that the pen goes on to without being lifted, where they are near. */
  joins: z.number().min(0).max(0.5).default(0),
  /** Chance that a character of ink lacks one of its short strokes. */
  omissions: z.number().min(0).max(1).default(0),
  /** Share of each batch that is made of scribbles, for a model that rejects. */
  scribbles: z.number().min(0).max(0.5).default(0),
  /** Share of each batch that is drawn from strokes, in forms of digits that MNIST lacks: slashed 0, flagged 1, crossed 7. */
  forms: z.number().min(0).max(0.5).default(0),
})

const moments = {
  beta1: z.number().min(0).max(0.9999).default(0.9),
  beta2: z.number().min(0).max(0.99999).default(0.999),
  epsilon: z.number().positive().default(1e-8),
}

export const optimizerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('sgd'),
    momentum: z.number().min(0).max(0.999).default(0.9),
    nesterov: z.boolean().default(false),
  }),
  z.object({ type: z.literal('adam'), ...moments }),
  z.object({
    type: z.literal('adamw'),
    ...moments,
    /** Decoupled weight decay (Loshchilov & Hutter 2019), on weights and not on biases or normalisation. */
    weightDecay: z.number().min(0).max(1).default(0.01),
  }),
])

export const scheduleSchema = z.enum(['constant', 'step', 'cosine', 'one-cycle'])

export const providerSchema = z.enum(['cpu', 'webgpu', 'cuda', 'dml', 'coreml'])

export const recipeSchema = z.object({
  epochs: z.int().min(1).max(10_000).default(10),
  batchSize: z.int().min(1).max(4096).default(64),
  optimizer: optimizerSchema.prefault({ type: 'adamw' }),
  /** The highest rate that the schedule reaches. */
  learningRate: z.number().positive().max(100).default(4e-3),
  schedule: scheduleSchema.default('one-cycle'),
  /** Epochs in which the rate climbs from nothing before the schedule begins; 'one-cycle' climbs by itself. */
  warmUp: z.number().min(0).max(1000).default(0),
  /** For the schedule 'step': the rate is multiplied by `stepFactor` after every `stepEvery` epochs. */
  stepEvery: z.int().min(1).max(10_000).default(10),
  stepFactor: z.number().positive().max(1).default(0.1),
  /** Largest norm of all gradients together; longer ones are shortened to it (Pascanu et al. 2013). 0 never does. */
  clipNorm: z.number().min(0).max(1e6).default(0),
  /**
   * How much a sample of each class counts in the loss: all alike, each class alike however few samples it has, or by label
   * (1 where a label is not named).
   */
  classWeights: z
    .union([z.enum(['none', 'balanced']), z.record(z.string(), z.number().positive().max(1000))])
    .default('none'),
  /**
   * What stays as it is, for a training that starts from another model: nothing, all but the head, or layers by name ('conv2d1';
   * 'residual2' with all that is in it).
   */
  freeze: z.union([z.enum(['none', 'backbone']), z.array(z.string().min(1)).min(1)]).default('none'),
  /** A second data set that a share of each batch is drawn from, so that what was known is not forgotten. */
  replay: z
    .object({ data: z.string().min(1), share: z.number().gt(0).max(0.9).default(0.5) })
    .nullable()
    .default(null),
  /** Weight of half the squared norm of all weights in the loss. */
  l2: z.number().min(0).max(1).default(0),
  /**
   * Weight of half the squared distance of all weights from those that the training began with: what was known before is
   * left only where the samples ask for it (Kienzle & Chellapilla 2006).
   */
  anchor: z.number().min(0).max(1000).default(0),
  /** Whether batch normalisation follows the batches, or keeps the statistics that the training began with. */
  statistics: z.enum(['follow', 'keep']).default('follow'),
  labelSmoothing: z.number().min(0).max(0.9).default(0),
  /** Decay of the moving average of the weights that is evaluated and kept; 0 keeps the weights themselves. */
  averaging: z.number().min(0).max(0.99999).default(0),
  augmentation: augmentationSchema.prefault({}),
  /** Share of the training data that is held back to watch and to calibrate on. */
  validation: z.number().min(0.001).max(0.5).default(0.05),
  /** What tells on the held-out samples which epoch is better. */
  monitor: z.enum(['accuracy', 'macroF1', 'loss']).default('accuracy'),
  /** Stops after so many epochs without a better one; 0 never does. */
  patience: z.int().min(0).max(1000).default(0),
  /**
   * Which epoch's weights are kept: of the best on the held-out samples, or of the last, which is the wiser choice for a
   * schedule that ends at a rate of almost nothing, where the epochs differ by less than the held-out samples can tell.
   */
  keep: z.enum(['best', 'last']).default('best'),
  seed: z.int().min(0).max(0xffffffff).default(1),
})

export type Augmentation = z.infer<typeof augmentationSchema>
export type OptimizerRecipe = z.infer<typeof optimizerSchema>
export type Provider = z.infer<typeof providerSchema>
export type Recipe = z.infer<typeof recipeSchema>
export type RecipeInput = z.input<typeof recipeSchema>
