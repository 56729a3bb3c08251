import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { recipeSchema, type Recipe } from '../../shared/training/recipe'
import { readJsonFile } from './readJsonFile'
import { recipeFlags, type RecipeFlag } from './recipeFlags'
import { resolveData } from './references'
import { UsageError } from './usageError'

export type RecipeOptions = Record<string, unknown>

/** Adds the flags of a recipe to a command; readRecipe makes the recipe of what was given. */
export function addRecipeOptions(command: Command): Command {
  command.option('--recipe <file>', 'recipe as JSON; the flags below override what it says')
  for (const { flag, about, value, choices, parse } of recipeFlags) {
    const option = new Option(value === null ? `--${flag}` : `--${flag} <${value}>`, about)
    command.addOption(choices ? option.choices(choices) : value === null ? option : option.argParser(parse))
  }
  return command
}

/**
 * The recipe file, overridden by the flags, completed by the defaults.
 * @throws UsageError for a value out of its range or that does not go with others, AppError where the file cannot be used
 */
export async function readRecipe(options: RecipeOptions, userFolder: string): Promise<Recipe> {
  const file = options.recipe
  const recipe = typeof file === 'string' ? await readRecipeFile(file, userFolder) : recipeSchema.parse({})
  const merged: Record<string, unknown> = { ...recipe }
  // An optimizer's own settings go with it, unless the file speaks of the same one.
  if (options.optimizer !== undefined && options.optimizer !== recipe.optimizer.type) merged.optimizer = {}
  const given = recipeFlags.filter(({ flag }) => options[camelCase(flag)] !== undefined)
  for (const { flag, path } of given) setAt(merged, path, options[camelCase(flag)])
  const result = recipeSchema.safeParse(merged)
  if (!result.success) throw new UsageError(describeIssues(result.error))
  const stray = given.find(({ path }) => getAt(result.data, path) === undefined)
  if (stray) throw new UsageError(describeStray(stray, result.data))
  const { replay } = result.data
  return replay
    ? { ...result.data, replay: { ...replay, data: resolveData(replay.data, userFolder) } }
    : result.data
}

async function readRecipeFile(file: string, userFolder: string): Promise<Recipe> {
  // Strict: a misspelt field would be left at its default without a word, and hours later be found out.
  const result = recipeSchema.strict().safeParse(await readJsonFile(resolve(userFolder, file), file))
  if (result.success) return result.data
  throw new AppError('bad-input', { detail: `${file}: ${issueText(result.error, (path) => path)}` })
}

function setAt(
  target: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    target[name] = value
    return
  }
  const inner = { ...asRecord(target[name]) }
  setAt(inner, rest, value)
  target[name] = inner
}

function getAt(source: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => asRecord(value)[name], source)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function describeStray({ flag, path }: RecipeFlag, recipe: Recipe): string {
  return path[0] === 'optimizer'
    ? `--${flag} does not go with the optimizer ${recipe.optimizer.type}`
    : `--${flag} does not go with the other flags`
}

function describeIssues(error: z.ZodError): string {
  return issueText(error, (path) => {
    const flag = recipeFlags.find((candidate) => candidate.path.join('.') === path)
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
