import { z } from 'zod'

/**
 * How ink or a picture becomes the raster that a model sees. It belongs to the model, so no model is ever fed by
 * another's recipe. MNIST's own: the longer side fits in 20 of 28 pixels, the centre of mass is put at the centre.
 */
const rasterRecipeSchema = z.object({
  /** The longer side of the character, in pixels of the raster. */
  box: z.number().min(4),
  /** For words: the height of the box, `box` being its width. The writing fits into it both ways. */
  boxHeight: z.number().min(4).optional(),
  /** Width of the drawn pen line, in pixels of the raster. */
  penWidth: z.number().min(0.5).max(16),
  /** Pictures' strokes that would be wider than this, in pixels of the raster, are thinned to about the pen's width; else none is. */
  widestPen: z.number().min(0.5).max(16).optional(),
  /** What is put at the raster's centre: the centre of mass, or the centre of the bounding box. */
  centre: z.enum(['mass', 'box']),
})

/** How many numbers a trace holds of each point; see ink/inkToTrace.ts. */
export const traceRows = 30

/** How ink becomes the trace that a model of words sees: the pen's way, point by point, in place of a picture. */
const traceRecipeSchema = z.object({
  /** From point to point, as a share of the writing's own measure. */
  step: z.number().min(0.02).max(1),
})

export const modelInputSchema = z
  .object({
    width: z.int().min(8).max(1024),
    height: z.int().min(8).max(256),
    raster: rasterRecipeSchema,
    /** The input is a trace of `width` points, which only ink has; `height` is then the number of its rows. */
    trace: traceRecipeSchema.optional(),
  })
  .refine((input) => !input.trace || input.height === traceRows, {
    error: `a trace has ${traceRows} rows`,
  })
  .refine(({ width, height, raster: { box, boxHeight = box } }) => box <= width && boxHeight <= height, {
    error: 'raster.box must fit into the input',
  })

const kernel = z.int().min(1).max(15)
const layerName = z
  .string()
  .regex(/^[a-z][a-z0-9]*$/i)
  .optional()

const conv2dSchema = z.object({
  type: z.literal('conv2d'),
  name: layerName,
  filters: z.int().min(1).max(4096),
  kernel: kernel.default(3),
  stride: z.int().min(1).max(8).default(1),
  padding: z.enum(['same', 'valid']).default('same'),
  /** False where a batch normalisation follows: its shift takes the bias's place. */
  bias: z.boolean().default(true),
})
/** One kernel a channel (Chollet 2017): the cheap half of a separable convolution, whose other half is a 1x1 conv2d. */
const depthwiseConv2dSchema = z.object({
  type: z.literal('depthwiseConv2d'),
  name: layerName,
  kernel: kernel.default(3),
  stride: z.int().min(1).max(8).default(1),
  padding: z.enum(['same', 'valid']).default('same'),
  bias: z.boolean().default(true),
})
/** A convolution along the columns alone, for what has one row. */
const conv1dSchema = z.object({
  type: z.literal('conv1d'),
  name: layerName,
  filters: z.int().min(1).max(4096),
  kernel: kernel.default(3),
  stride: z.int().min(1).max(8).default(1),
  /** False where a batch normalisation follows: its shift takes the bias's place. */
  bias: z.boolean().default(true),
})
const denseSchema = z.object({
  type: z.literal('dense'),
  name: layerName,
  units: z.int().min(1).max(65_536),
  bias: z.boolean().default(true),
})
const activationSchema = z.object({ type: z.enum(['relu', 'gelu', 'silu']), name: layerName })
const poolSchema = z.object({
  type: z.enum(['maxPool', 'averagePool']),
  name: layerName,
  size: z.int().min(2).max(16).default(2),
  /** Equal to `size` where it is left out. */
  stride: z.int().min(1).max(16).optional(),
})
const batchNormSchema = z.object({
  type: z.literal('batchNorm'),
  name: layerName,
  epsilon: z.number().positive().default(1e-5),
  /** Share of the old running statistics that a step keeps. */
  momentum: z.number().min(0).max(1).default(0.9),
})
/**
 * Normalises each sample by itself (Wu & He 2018), so that it does the same in training and in reading, whatever the batch.
 * One group is layer normalisation (Ba et al. 2016).
 */
const groupNormSchema = z.object({
  type: z.literal('groupNorm'),
  name: layerName,
  /** Into how many equal parts the channels are divided. */
  groups: z.int().min(1).max(1024).default(1),
  epsilon: z.number().positive().default(1e-5),
})
/** Weighs the channels by what the whole picture shows (Hu et al. 2018). */
const squeezeExciteSchema = z.object({
  type: z.literal('squeezeExcite'),
  name: layerName,
  /** How many times fewer units than channels lie between. */
  ratio: z.int().min(1).max(64).default(4),
})
const dropoutSchema = z.object({
  type: z.literal('dropout'),
  name: layerName,
  rate: z.number().min(0).max(0.95),
})
/** Features of one length, so that the angle between them is all that the head sees (NormFace, Wang et al. 2017). */
const unitLengthSchema = z.object({
  type: z.literal('unitLength'),
  name: layerName,
  /** What the length becomes. Too short a one leaves the head unable to be sure of anything. */
  scale: z.number().positive().max(100).default(16),
})
/** 'columns' makes the rows of a picture channels of its columns: what is left has one row. */
const reshapingSchema = z.object({
  type: z.enum(['globalAveragePool', 'flatten', 'columns']),
  name: layerName,
})

interface ResidualInput {
  type: 'residual'
  name?: string | undefined
  layers: LayerInput[]
}
interface Residual {
  type: 'residual'
  name?: string | undefined
  layers: LayerSpec[]
}
/** `layers(x) + x`; where they change the shape, the short cut is a 1x1 convolution with the stride that fits. */
const residualSchema: z.ZodType<Residual, ResidualInput> = z.object({
  type: z.literal('residual'),
  name: layerName,
  layers: z.lazy(() => z.array(layerSchema).min(1)),
})

const plainLayers = [
  conv2dSchema,
  depthwiseConv2dSchema,
  conv1dSchema,
  denseSchema,
  activationSchema,
  poolSchema,
  batchNormSchema,
  groupNormSchema,
  squeezeExciteSchema,
  dropoutSchema,
  unitLengthSchema,
  reshapingSchema,
] as const
type PlainLayer = z.infer<(typeof plainLayers)[number]>
type PlainLayerInput = z.input<(typeof plainLayers)[number]>
export type LayerSpec = PlainLayer | Residual
type LayerInput = PlainLayerInput | ResidualInput
const layerSchema: z.ZodType<LayerSpec, LayerInput> = z.union([
  z.discriminatedUnion('type', [...plainLayers]),
  residualSchema,
])

/** For a network that reads texts, whose classes are their characters (connectionist temporal classification, Graves 2006). */
const textSchema = z.object({
  /** So many columns come out of the layers, each of which gives one character or none. */
  columns: z.int().min(2).max(1024),
  /** Characters of the longest text that can be learned. */
  longest: z.int().min(1).max(64),
})

/**
 * A network, as data. The layers are the features; the head (a dense layer to one output per class, named `head`)
 * follows by itself, so that it can be replaced when the classes change.
 */
export const modelSpecSchema = z
  .object({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i),
    input: modelInputSchema,
    /** What the model can answer, in the order of its outputs. */
    classes: z
      .array(z.string().min(1).max(64))
      .min(2)
      .max(65_536)
      .refine((classes) => new Set(classes).size === classes.length, { error: 'classes must differ' }),
    /** True adds one last output, 'not a character', which is trained on scribbles. */
    rejects: z.boolean().default(false),
    /** Where it is left out, the network reads one character. */
    text: textSchema.optional(),
    /**
     * A network that tells hands apart: its classes are the writers that it learned from, and what counts are its features. It
     * reads no characters. Where this is left out, the network reads them.
     */
    purpose: z.literal('hand').optional(),
    layers: z.array(layerSchema).min(1).max(200),
  })
  .refine(({ text, rejects }) => !text || !rejects, { error: 'a network that reads texts does not reject' })
  .refine(({ text, classes }) => !text || classes.every((label) => [...label].length === 1), {
    error: 'the classes of a network that reads texts are single characters',
  })

export type ModelInput = z.infer<typeof modelInputSchema>
export type ModelSpec = z.infer<typeof modelSpecSchema>
export type ModelSpecInput = z.input<typeof modelSpecSchema>

/**
 * How many numbers the network puts out: one a class, and one more if it rejects; for a text [classes + 1, columns].
 */
export function outputCount(spec: ModelSpec): number {
  return headUnits(spec) * (spec.text?.columns ?? 1)
}

/** How many numbers the head gives for the sample, or for each column of one that is read as a text: there the last is 'nothing'. */
export function headUnits(spec: ModelSpec): number {
  return spec.classes.length + (spec.rejects || spec.text ? 1 : 0)
}

/** How many numbers say what a sample is: the number of its class, or those of a text's characters. */
export function labelLength(spec: ModelSpec): number {
  return spec.text?.longest ?? 1
}
