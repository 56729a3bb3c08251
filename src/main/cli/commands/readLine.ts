import { Option, type Command } from 'commander'
import type { z } from 'zod'
import { AppError } from '../../../shared/errors/appError'
import { inkSchema } from '../../../shared/ink/ink'
import {
  fieldKindSchema,
  type Expectation,
  type FieldKind,
  type LineReading,
} from '../../../shared/recognition/line/lineReading'
import type { Environment } from '../environment'
import { messageOf } from '../fileErrors'
import { formatShare } from '../format'
import { readTextFile } from '../readTextFile'
import { readWordList } from '../readWordList'
import { resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand } from '../session'
import { UsageError } from '../usageError'

interface ReadLineOptions {
  ink: string
  expects: FieldKind
  words?: string
  model?: string
  json?: true
}

/** `longhand read-line`: reads lines of separate characters from ink. */
export function addReadLine(program: Command, run: RunCommand): void {
  program
    .command('read-line')
    .description('read lines of separate characters from ink')
    .requiredOption('--ink <file>', 'lines of JSON: strokes of [x, y] points, or an object with "strokes"')
    .addOption(
      new Option('--expects <kind>', 'what the lines hold').choices(fieldKindSchema.options).default('free'),
    )
    .option('--words <file>', 'a list of the words that may be there, one a line')
    .option('--model <name>', "a model's name, or its folder; the active model otherwise")
    .option('--json', 'one JSON object a line')
    .action((options: ReadLineOptions) =>
      run(async ({ client, environment, print }) => {
        const expects = await readExpectation(options, environment)
        const model =
          options.model === undefined ? undefined : resolveModel(options.model, environment.userFolder)
        for (const ink of await readInks(options.ink, environment)) {
          const reading = await client.recognition.line(
            { ink, expects, model },
            { signal: environment.interrupted },
          )
          print(options.json ? JSON.stringify(reading) : describe(reading))
        }
        return DONE
      }),
    )
}

async function readExpectation(
  { expects, words }: ReadLineOptions,
  environment: Environment,
): Promise<Expectation> {
  if (words === undefined) return expects
  if (expects !== 'free') throw new UsageError('--words and --expects exclude each other')
  return { words: await readWordList(words, environment) }
}

async function readInks(file: string, environment: Environment): Promise<z.infer<typeof inkSchema>[]> {
  const lines = (await readTextFile(file, environment)).split(/\r?\n/)
  const inks = lines.flatMap((line, at) => (line.trim() === '' ? [] : [parseInk(line, file, at + 1)]))
  if (inks.length === 0) throw new AppError('file-empty', { file })
  return inks
}

function parseInk(line: string, file: string, number: number): z.infer<typeof inkSchema> {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch (error) {
    throw new AppError('data-malformed', { file, place: `line ${number}`, detail: messageOf(error) })
  }
  const strokes =
    typeof parsed === 'object' && parsed !== null && 'strokes' in parsed ? parsed.strokes : parsed
  const ink = inkSchema.safeParse(strokes)
  if (ink.success) return ink.data
  const detail = ink.error.issues[0]?.message ?? 'it is no ink'
  throw new AppError('data-malformed', { file, place: `line ${number}`, detail })
}

function describe({ text, characters, fits }: LineReading): string {
  const doubtful = characters.filter(({ sure }) => !sure)
  const doubts = doubtful.map(({ candidates }) =>
    candidates.map(({ label, probability }) => `${label} ${formatShare(probability)}`).join(' or '),
  )
  const note = fits ? '' : ' (not what was expected)'
  return `${text}${note}${doubts.length === 0 ? '' : `  [not sure: ${doubts.join('; ')}]`}`
}
