import { scheduleSchema, type RecipeInput } from '../../shared/training/recipe'
import { parseNumber, parseWholeNumber } from './numbers'
import { UsageError } from './usageError'

/** A flag of the command line that sets one field of a recipe. */
export interface RecipeFlag {
  readonly flag: string
  /** Where it stands in the recipe. */
  readonly path: readonly string[]
  readonly about: string
  /** What its value is called in the help; null for a flag without one. */
  readonly value: string | null
  /** All that it may be, where that is a list. */
  readonly choices?: readonly string[]
  readonly parse: (text: string) => unknown
}

const number = (flag: string, path: string, about: string): RecipeFlag => ({
  flag,
  path: path.split('.'),
  about,
  value: 'number',
  parse: parseNumber,
})
const whole = (flag: string, path: string, about: string): RecipeFlag => ({
  ...number(flag, path, about),
  parse: parseWholeNumber,
})
const text = (
  flag: string,
  path: string,
  value: string,
  about: string,
  parse: (text: string) => unknown = (given) => given,
): RecipeFlag => ({ flag, path: path.split('.'), about, value, parse })
const choice = (flag: string, path: string, about: string, choices: readonly string[]): RecipeFlag => ({
  ...text(flag, path, 'name', about),
  choices,
})

export const recipeFlags: readonly RecipeFlag[] = [
  whole('epochs', 'epochs', 'times through the data'),
  whole('batch', 'batchSize', 'samples a step'),
  choice('optimizer', 'optimizer.type', 'how weights are moved', ['sgd', 'adam', 'adamw']),
  number('momentum', 'optimizer.momentum', 'share of the last move that SGD goes on with'),
  {
    ...text('nesterov', 'optimizer.nesterov', '', "SGD with Nesterov's momentum"),
    value: null,
    parse: () => true,
  },
  number('weight-decay', 'optimizer.weightDecay', "AdamW's pull of the weights towards zero"),
  number('lr', 'learningRate', 'highest learning rate'),
  choice('schedule', 'schedule', 'learning rate over time', scheduleSchema.options),
  number('warm-up', 'warmUp', 'epochs in which the rate climbs from nothing'),
  whole('step-every', 'stepEvery', 'epochs from fall to fall of the schedule "step"'),
  number('step-factor', 'stepFactor', 'what the rate falls to there, as a share'),
  number('clip-norm', 'clipNorm', 'largest norm of all gradients together'),
  number('l2', 'l2', 'weight of the squared weights in the loss'),
  number('anchor', 'anchor', 'weight of the squared distance from the first weights in the loss'),
  choice('statistics', 'statistics', 'whether batch normalisation follows the batches', ['follow', 'keep']),
  number('label-smoothing', 'labelSmoothing', 'share given to all labels'),
  number('averaging', 'averaging', "decay of the weights' moving average"),
  text(
    'class-weights',
    'classWeights',
    'weights',
    'none, balanced, or by label: "a=2,b=0.5"',
    parseClassWeights,
  ),
  text('freeze', 'freeze', 'layers', 'none, backbone, or layers by name: "conv2d1,batchNorm1"', parseFreeze),
  text('replay', 'replay.data', 'data', 'other data that a share of each batch is drawn from'),
  number('replay-share', 'replay.share', 'that share'),
  number('validation', 'validation', 'share of the data held back'),
  choice('monitor', 'monitor', 'what tells on it which epoch is better', ['accuracy', 'macroF1', 'loss']),
  whole('patience', 'patience', 'epochs without a better one before it stops'),
  choice('keep', 'keep', 'which epoch is kept', ['best', 'last']),
  whole('seed', 'seed', 'seed of all that is random'),
  number('rotation', 'augmentation.rotation', 'degrees, both ways'),
  number('scale', 'augmentation.scale', 'relative, both ways'),
  number('shift', 'augmentation.shift', 'pixels, both ways'),
  number('shear', 'augmentation.shear', 'share of the height'),
  number('slope', 'augmentation.slope', 'vertical shear, share of the width'),
  number('proportions', 'augmentation.proportions', "how far parts of ink grow at each other's cost"),
  number('perspective', 'augmentation.perspective', 'share of the distance'),
  number('elastic', 'augmentation.elastic', 'distortion in pixels'),
  number('thickness', 'augmentation.thickness', 'pixels, both ways'),
  number('blur', 'augmentation.blur', 'largest standard deviation of the blur in pixels'),
  number('cutout', 'augmentation.cutout', 'largest side of the square that is wiped out'),
  number('strokes', 'augmentation.strokes', 'how far each stroke of ink strays, as a share of the character'),
  number('joins', 'augmentation.joins', 'share of the strokes of ink that run into the next'),
  number('omissions', 'augmentation.omissions', 'chance that a short stroke of ink is left out'),
  number('scribbles', 'augmentation.scribbles', 'share of each batch'),
  number('forms', 'augmentation.forms', 'share of each batch: rare forms of digits'),
]

function parseFreeze(given: string): RecipeInput['freeze'] {
  return given === 'none' || given === 'backbone' ? given : given.split(',').map((name) => name.trim())
}

function parseClassWeights(given: string): RecipeInput['classWeights'] {
  if (given === 'none' || given === 'balanced') return given
  return Object.fromEntries(
    given.split(',').map((part) => {
      const at = part.lastIndexOf('=')
      const weight = Number(part.slice(at + 1))
      if (at < 1 || part.slice(at + 1).trim() === '' || Number.isNaN(weight))
        throw new UsageError(`--class-weights: "${part}" is not of the form label=number`)
      return [part.slice(0, at).trim(), weight]
    }),
  )
}
