import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { recipeSchema, scheduleSchema, type Recipe } from '../../shared/training/recipe'
import { parseNumber, parseWholeNumber } from './numbers'
import { readJsonFile } from './readJsonFile'
import { UsageError } from './usageError'

interface RecipeFlag {
  flag: string
  /** Where it stands in the recipe. */
  field: readonly [string] | readonly ['augmentation', string]
  about: string
  parse: (text: string) => number
}

const flags: readonly RecipeFlag[] = [
  { flag: 'epochs', field: ['epochs'], about: 'times through the data', parse: parseWholeNumber },
  { flag: 'batch', field: ['batchSize'], about: 'samples a step', parse: parseWholeNumber },
  { flag: 'lr', field: ['learningRate'], about: 'highest learning rate', parse: parseNumber },
  { flag: 'seed', field: ['seed'], about: 'seed of all that is random', parse: parseWholeNumber },
  { flag: 'l2', field: ['l2'], about: 'weight of the squared weights in the loss', parse: parseNumber },
  {
    flag: 'label-smoothing',
    field: ['labelSmoothing'],
    about: 'share given to all labels',
    parse: parseNumber,
  },
  {
    flag: 'averaging',
    field: ['averaging'],
    about: "decay of the weights' moving average",
    parse: parseNumber,
  },
  { flag: 'patience', field: ['patience'], about: 'epochs without a better one', parse: parseWholeNumber },
  { flag: 'validation', field: ['validation'], about: 'share of the data held back', parse: parseNumber },
  { flag: 'rotation', field: ['augmentation', 'rotation'], about: 'degrees, both ways', parse: parseNumber },
  { flag: 'scale', field: ['augmentation', 'scale'], about: 'relative, both ways', parse: parseNumber },
  { flag: 'shift', field: ['augmentation', 'shift'], about: 'pixels, both ways', parse: parseNumber },
  { flag: 'shear', field: ['augmentation', 'shear'], about: 'share of the height', parse: parseNumber },
  { flag: 'elastic', field: ['augmentation', 'elastic'], about: 'distortion in pixels', parse: parseNumber },
  { flag: 'thickness', field: ['augmentation', 'thickness'], about: 'pixels, both ways', parse: parseNumber },
  {
    flag: 'scribbles',
    field: ['augmentation', 'scribbles'],
    about: 'share of each batch',
    parse: parseNumber,
  },
  {
    flag: 'forms',
    field: ['augmentation', 'forms'],
    about: 'share of each batch: rare forms of digits',
    parse: parseNumber,
  },
]

export type RecipeOptions = Record<string, unknown>

/** Adds the flags of a recipe to a command; readRecipe makes the recipe of what was given. */
export function addRecipeOptions(command: Command): Command {
  command.option('--recipe <file>', 'recipe as JSON; the flags below override what it says')
  for (const { flag, about, parse } of flags) command.option(`--${flag} <number>`, about, parse)
  return command
    .addOption(new Option('--optimizer <name>', 'how weights are moved').choices(['sgd', 'adamw']))
    .addOption(new Option('--schedule <name>', 'learning rate over time').choices(scheduleSchema.options))
}

/**
 * The recipe file, overridden by the flags, completed by the defaults.
 * @throws UsageError for a value out of its range, AppError where the file cannot be used
 */
export async function readRecipe(options: RecipeOptions, userFolder: string): Promise<Recipe> {
  const file = options.recipe
  const recipe = typeof file === 'string' ? await readRecipeFile(file, userFolder) : recipeSchema.parse({})
  const merged: Record<string, unknown> = { ...recipe }
  const augmentation: Record<string, unknown> = { ...recipe.augmentation }
  for (const { flag, field } of flags) {
    const value = options[camelCase(flag)]
    if (value === undefined) continue
    const [name, part] = field
    if (part === undefined) merged[name] = value
    else augmentation[part] = value
  }
  merged.augmentation = augmentation
  const { optimizer, schedule } = options
  // An optimizer's own settings go with it, unless the file speaks of the same one.
  if (optimizer !== undefined && optimizer !== recipe.optimizer.type) merged.optimizer = { type: optimizer }
  if (schedule !== undefined) merged.schedule = schedule
  const result = recipeSchema.safeParse(merged)
  if (result.success) return result.data
  throw new UsageError(describeIssues(result.error))
}

async function readRecipeFile(file: string, userFolder: string): Promise<Recipe> {
  // Strict: a misspelt field would be left at its default without a word, and hours later be found out.
  const result = recipeSchema.strict().safeParse(await readJsonFile(resolve(userFolder, file), file))
  if (result.success) return result.data
  throw new AppError('bad-input', { detail: `${file}: ${issueText(result.error, (path) => path)}` })
}

function describeIssues(error: z.ZodError): string {
  return issueText(error, (path) => {
    const flag = flags.find(({ field }) => field.join('.') === path)
    return flag ? `--${flag.flag}` : path
  })
}

function issueText(error: z.ZodError, name: (path: string) => string): string {
  const issues = error.issues.map(({ path, message }) => {
    const place = name(path.join('.'))
    return place === '' ? message : `${place}: ${message}`
  })
  return issues.slice(0, 3).join('; ')
}

function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
}
