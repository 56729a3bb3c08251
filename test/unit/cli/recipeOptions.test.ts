import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addRecipeOptions, readRecipe } from '../../../src/main/cli/recipeOptions'
import { recipeSchema, type Recipe } from '../../../src/shared/training/recipe'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

async function recipeOf(
  args: readonly string[],
  files: Readonly<Record<string, unknown>> = {},
): Promise<Recipe> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const command = addRecipeOptions(new Command()).parse(args, { from: 'user' })
  return readRecipe(command.opts(), folder)
}

it('without flags a recipe is the default one', async () => {
  expect(await recipeOf([])).toEqual(recipeSchema.parse({}))
})

it('every flag reaches its field', async () => {
  const args =
    '--epochs 3 --batch 64 --lr 1e-3 --seed 7 --l2 0.1 --anchor 0.3 --statistics keep --label-smoothing 0.2 --averaging 0.9 --patience 4 ' +
    '--validation 0.25 --rotation 10 --scale .1 --shift 2 --shear 0.2 --elastic 1.5 --thickness 0.5 --scribbles 0.05 --forms 0.1 ' +
    '--optimizer sgd --momentum 0.8 --nesterov --schedule step --warm-up 0.5 --step-every 3 --step-factor .5 --clip-norm 2 ' +
    '--class-weights a=2,b=0.5 --freeze conv2d1,batchNorm1 --replay mnist --replay-share 0.3 --monitor loss --keep last ' +
    '--perspective 0.1 --cutout 6 --blur 1.5 --strokes 0.05 --joins 0.2 --omissions 0.1 ' +
    '--slope 0.15 --proportions 0.2'
  expect(await recipeOf(args.split(' '))).toEqual({
    epochs: 3,
    batchSize: 64,
    learningRate: 0.001,
    seed: 7,
    l2: 0.1,
    anchor: 0.3,
    statistics: 'keep',
    labelSmoothing: 0.2,
    averaging: 0.9,
    patience: 4,
    validation: 0.25,
    augmentation: {
      rotation: 10,
      scale: 0.1,
      shift: 2,
      shear: 0.2,
      elastic: 1.5,
      thickness: 0.5,
      scribbles: 0.05,
      forms: 0.1,
      perspective: 0.1,
      cutout: 6,
      blur: 1.5,
      strokes: 0.05,
      joins: 0.2,
      omissions: 0.1,
      slope: 0.15,
      proportions: 0.2,
    },
    optimizer: { type: 'sgd', momentum: 0.8, nesterov: true },
    schedule: 'step',
    warmUp: 0.5,
    stepEvery: 3,
    stepFactor: 0.5,
    clipNorm: 2,
    classWeights: { a: 2, b: 0.5 },
    freeze: ['conv2d1', 'batchNorm1'],
    replay: { data: 'mnist', share: 0.3 },
    monitor: 'loss',
    keep: 'last',
  })
})

it('flags override the file, field by field, and the file the defaults', async () => {
  const file = {
    epochs: 5,
    augmentation: { rotation: 5, scale: 0.1 },
    optimizer: { type: 'sgd', momentum: 0.5 },
  }
  const recipe = await recipeOf(['--recipe', 'r.json', '--rotation', '9', '--optimizer', 'sgd'], {
    'r.json': file,
  })
  expect(recipe).toMatchObject({
    epochs: 5,
    augmentation: { rotation: 9, scale: 0.1, shear: 0 },
    optimizer: { type: 'sgd', momentum: 0.5 },
    batchSize: recipeSchema.parse({}).batchSize,
  })
  const other = await recipeOf(['--recipe', 'r.json', '--optimizer', 'adamw'], { 'r.json': file })
  expect(other.optimizer).toMatchObject({ type: 'adamw', weightDecay: 0.01 })
})

it.each([
  ['a missing file', {}, { code: 'file-missing', data: { file: 'r.json' } }],
  ['what is not JSON', { 'r.json': '{' }, { code: 'bad-input' }],
  ['a misspelt field', { 'r.json': { epoch: 3 } }, { code: 'bad-input' }],
  ['a value out of range', { 'r.json': { epochs: 0 } }, { code: 'bad-input' }],
])('a recipe file is refused for %s', async (_what, files, error) => {
  await expect(recipeOf(['--recipe', 'r.json'], files)).rejects.toMatchObject(error)
})

it('flags that do not go together are refused', async () => {
  await expect(recipeOf(['--optimizer', 'adam', '--momentum', '0.5'])).rejects.toThrow(
    '--momentum does not go with the optimizer adam',
  )
  await expect(recipeOf(['--replay-share', '0.5'])).rejects.toThrow('--replay:')
  await expect(recipeOf(['--class-weights', 'a:2'])).rejects.toThrow('label=number')
})
