import { AppError } from '../errors/appError'
import { modelSpecSchema, traceRows, type ModelInput, type ModelSpec, type ModelSpecInput } from './modelSpec'

type Layers = ModelSpecInput['layers']

/** The sides, in pixels, of the rasters that the networks are made for. */
const sides = { least: 28, most: 64 }

/** MNIST's own recipe, with a pen as wide as its digits are drawn on average, at any size. */
export function squareInput(side: number): ModelInput {
  const scale = side / 28
  return {
    width: side,
    height: side,
    raster: { box: Math.round(20 * scale), penWidth: 2 * scale, centre: 'mass' },
  }
}

/** A recipe that leaves less room around the character, and draws it by a finer pen: where many strokes share the box. */
function tightInput(side: number): ModelInput {
  return {
    width: side,
    height: side,
    raster: { box: Math.round(0.9 * side), penWidth: 0.06 * side, widestPen: 0.09 * side, centre: 'box' },
  }
}

/** Room for a word, three times as wide as high, and no more than the pen's width between it and the edge. */
function wordInput(height: number): ModelInput {
  return {
    width: 3 * height,
    height,
    raster: {
      box: Math.round(2.9 * height),
      boxHeight: Math.round(0.9 * height),
      penWidth: height / 24,
      centre: 'box',
    },
  }
}

const convolution = (filters: number, padding: 'same' | 'valid' = 'same'): Layers => [
  { type: 'conv2d', filters, kernel: 3, padding, bias: false },
  { type: 'batchNorm' },
  { type: 'relu' },
]

/** A residual block of two convolutions (He et al. 2016), with the activation that follows it. */
const residual = (filters: number, stride = 1): Layers => [
  {
    type: 'residual',
    layers: [
      { type: 'conv2d', filters, stride, bias: false },
      { type: 'batchNorm' },
      { type: 'relu' },
      { type: 'conv2d', filters, bias: false },
      { type: 'batchNorm' },
    ],
  },
  { type: 'relu' },
]

/** Long enough for most words at even steps; of the raster's recipe a trace takes nothing. */
const traceInput: ModelInput = {
  width: 144,
  height: traceRows,
  raster: { box: 20, penWidth: 2, centre: 'box' },
  trace: { step: 0.25 },
}

const along = (filters: number, kernel: number, stride = 1): Layers => [
  { type: 'conv1d', filters, kernel, stride, bias: false },
  { type: 'batchNorm' },
  { type: 'relu' },
]

/** A residual block along the columns. */
const residualAlong = (filters: number, kernel: number): Layers => [
  {
    type: 'residual',
    layers: [
      { type: 'conv1d', filters, kernel, bias: false },
      { type: 'batchNorm' },
      { type: 'relu' },
      { type: 'conv1d', filters, kernel, bias: false },
      { type: 'batchNorm' },
    ],
  },
  { type: 'relu' },
]

const maxPool: Layers = [{ type: 'maxPool', size: 2 }]
/** Windows that overlap (Krizhevsky et al. 2012, section 3.4). */
const overlappingPool: Layers = [{ type: 'maxPool', size: 3, stride: 2 }]

const fullyConnected = (units: number): Layers => [
  { type: 'dense', units },
  { type: 'relu' },
  { type: 'dropout', rate: 0.5 },
]

/** The networks that can be trained by name, without their classes: those come from the data. */
const specs: Readonly<
  Record<
    string,
    {
      layers: Layers
      rejects: boolean
      input?: (side: number) => ModelInput
      text?: ModelSpecInput['text']
      purpose?: ModelSpecInput['purpose']
    }
  >
> = {
  /** LeNet-5 (LeCun et al. 1998) with today's activations and pooling. */
  lenet: {
    rejects: false,
    layers: [
      { type: 'conv2d', filters: 6, kernel: 5 },
      { type: 'relu' },
      ...maxPool,
      { type: 'conv2d', filters: 16, kernel: 5, padding: 'valid' },
      { type: 'relu' },
      ...maxPool,
      { type: 'dense', units: 120 },
      { type: 'relu' },
      { type: 'dense', units: 84 },
      { type: 'relu' },
    ],
  },
  /**
   * AlexNet's plan (Krizhevsky et al. 2012) at the scale of a character: five convolutions, overlapping pooling, two wide
   * layers with dropout.
   */
  alexnet: {
    rejects: false,
    layers: [
      { type: 'conv2d', filters: 32, kernel: 5 },
      { type: 'relu' },
      ...overlappingPool,
      { type: 'conv2d', filters: 64, kernel: 5 },
      { type: 'relu' },
      ...overlappingPool,
      { type: 'conv2d', filters: 128 },
      { type: 'relu' },
      { type: 'conv2d', filters: 128 },
      { type: 'relu' },
      { type: 'conv2d', filters: 96 },
      { type: 'relu' },
      ...overlappingPool,
      ...fullyConnected(256),
      ...fullyConnected(128),
    ],
  },
  /**
   * VGG's five blocks of 3x3 convolutions (Simonyan & Zisserman 2015). Five poolings would leave nothing of 28 pixels, so
   * the last two blocks keep the size of what they get, and the mean over all places ends the features.
   */
  vgg: {
    rejects: false,
    layers: [
      ...convolution(16),
      ...maxPool,
      ...convolution(32),
      ...maxPool,
      ...convolution(64),
      ...convolution(64),
      ...maxPool,
      ...convolution(128),
      ...convolution(128),
      ...convolution(128),
      ...convolution(128),
      { type: 'globalAveragePool' },
      ...fullyConnected(128),
    ],
  },
  /** A residual network of 14 layers in three stages, as He et al. 2016 built theirs for small pictures. */
  resnet: {
    rejects: false,
    layers: [
      ...convolution(16),
      ...residual(16),
      ...residual(16),
      ...residual(32, 2),
      ...residual(32),
      ...residual(64, 2),
      ...residual(64),
      { type: 'globalAveragePool' },
    ],
  },
  /**
   * Three stages of two convolutions. The first two do without padding: what lies at the edge is paper, and leaving it out halves
   * the work.
   */
  compact: {
    rejects: true,
    layers: [
      ...convolution(32, 'valid'),
      ...convolution(32, 'valid'),
      ...maxPool,
      { type: 'dropout', rate: 0.1 },
      ...convolution(64, 'valid'),
      ...convolution(64, 'valid'),
      ...maxPool,
      { type: 'dropout', rate: 0.2 },
      ...convolution(112),
      ...convolution(112),
      { type: 'globalAveragePool' },
      { type: 'dropout', rate: 0.3 },
    ],
  },
  /**
   * The plan of `compact` for a hundred classes: narrow where the picture is large, wide where it is small. Its head sees
   * each place by itself, since letters and symbols differ in where a part stands (b q, ' ,) more than digits do.
   */
  letters: {
    rejects: true,
    layers: [
      ...convolution(16, 'valid'),
      ...convolution(32, 'valid'),
      ...maxPool,
      { type: 'dropout', rate: 0.05 },
      ...convolution(64, 'valid'),
      ...convolution(64, 'valid'),
      ...maxPool,
      { type: 'dropout', rate: 0.1 },
      ...convolution(160),
      ...residual(160),
      { type: 'dropout', rate: 0.4 },
    ],
  },
  /**
   * For scripts of hundreds or thousands of characters, at 40 pixels: strided at once, since most of the work lies where pictures are
   * large, and wide where they are small.
   */
  glyphs: {
    rejects: true,
    input: tightInput,
    layers: [
      { type: 'conv2d', filters: 24, kernel: 5, stride: 2, bias: false },
      { type: 'batchNorm' },
      { type: 'relu' },
      ...convolution(32),
      ...maxPool,
      ...convolution(64),
      ...convolution(64),
      ...maxPool,
      ...convolution(128),
      ...convolution(128),
      ...convolution(192, 'valid'),
      { type: 'globalAveragePool' },
      { type: 'dropout', rate: 0.2 },
    ],
  },
  /**
   * Reads words that are written in one go, from the pen's way: convolutions along it, first each few points, then, four points a
   * column, letters and their neighbours.
   */
  words: {
    rejects: false,
    input: () => traceInput,
    text: { columns: 36, longest: 20 },
    layers: [
      { type: 'columns' },
      ...along(48, 5),
      ...along(96, 5, 2),
      ...along(128, 5, 2),
      ...residualAlong(128, 3),
      ...residualAlong(128, 3),
      ...residualAlong(128, 3),
      { type: 'dropout', rate: 0.2 },
    ],
  },
  /**
   * Tells hands apart, by a word or a name. The mean over all places asks what strokes are like, and not where they stand or what they
   * spell; after the normalisation of each feature (BNNeck, Luo et al. 2019), only the direction of all is left for the head.
   */
  hand: {
    rejects: false,
    purpose: 'hand',
    input: wordInput,
    layers: [
      { type: 'conv2d', filters: 16, kernel: 5, stride: 2, bias: false },
      { type: 'batchNorm' },
      { type: 'relu' },
      ...convolution(32),
      ...maxPool,
      ...convolution(64),
      ...maxPool,
      ...convolution(96),
      ...convolution(128),
      { type: 'globalAveragePool' },
      { type: 'dropout', rate: 0.1 },
      { type: 'dense', units: 128, bias: false },
      { type: 'batchNorm' },
      { type: 'unitLength' },
    ],
  },
}

export const specNames: readonly string[] = Object.keys(specs)
/** Those that see one raster, of any side: of a character, or, for telling hands apart, of a word. */
export const characterSpecNames: readonly string[] = specNames.filter((name) => !specs[name]?.text)

/**
 * A shipped network for the given classes.
 * @param reference its name, for rasters of 28 pixels; or its name and a side from 28 to 64, `resnet@48`, which traces have not
 * @throws AppError 'spec-unknown'
 */
export function namedSpec(reference: string, classes: readonly string[]): ModelSpec {
  const [, name = '', digits] = /^([^@]*)(?:@(\d+))?$/.exec(reference) ?? []
  const spec = specs[name]
  const side = Number(digits ?? sides.least)
  const isSized = digits === undefined || spec?.text === undefined
  if (!spec || !isSized || side < sides.least || side > sides.most) {
    const known = `${specNames.join(', ')}; with @${sides.least} to @${sides.most} for the side of the raster`
    throw new AppError('spec-unknown', { name: reference, known })
  }
  const { input = squareInput, ...network } = spec
  return modelSpecSchema.parse({ name, input: input(side), classes, ...network })
}
