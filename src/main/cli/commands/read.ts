import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { toAppError } from '../../../shared/contract/clientError'
import { AppError } from '../../../shared/errors/appError'
import { fieldKindSchema, type FieldKind } from '../../../shared/recognition/line/lineReading'
import {
  doubtfulIn,
  readDocumentSchema,
  textOf,
  type ReadDocument,
} from '../../../shared/recognition/page/readDocument'
import { checkReadings } from '../checkReadings'
import { listPictures } from '../listPictures'
import { readEach } from '../readEach'
import { readForms } from '../readForms'
import { ReadingsSoFar } from '../readingsSoFar'
import { readPictureFile } from '../readPictureFile'
import { resolveModel } from '../references'
import { DONE } from '../reportError'
import type { RunCommand, Session } from '../session'
import { UsageError } from '../usageError'
import { formatOf, writeReadings } from '../writeReadings'

interface ReadOptions {
  model?: string
  expects: FieldKind
  line?: true
  turn: string
  check?: string
  form?: string
  out?: string
  force?: true
  json?: true
}

/** `longhand read PATH...`: reads pictures of handwriting, and folders of them. */
export function addRead(program: Command, run: RunCommand): void {
  program
    .command('read')
    .description('read pages of handwriting: photos, scans, folders of them')
    .argument('[paths...]', 'PNG, JPEG, WebP, BMP or TIFF files, or folders')
    .option('--model <name>', "a model's name, or its folder; the active model otherwise")
    .addOption(
      new Option('--expects <kind>', 'what each line holds').choices(fieldKindSchema.options).default('free'),
    )
    .option('--line', 'each picture holds one line, such as an amount')
    .addOption(
      new Option('--turn <degrees>', 'turn each picture clockwise first')
        .choices(['0', '90', '180', '270'])
        .default('0'),
    )
    .option(
      '--check <file>',
      'lines of JSON with "image" and "text": reads the images and counts what is right',
    )
    .option(
      '--form <file>',
      'read each picture as this form, and check its fields; --out takes .csv and .json',
    )
    .option('--out <file>', 'write what was read as FILE.csv, .json, .txt or .pdf (searchable)')
    .option('--force', 'replace what is there')
    .option('--json', 'one JSON object a line, one for each picture')
    .action((paths: string[], options: ReadOptions) =>
      run(async (session) => {
        const verbose = program.opts<{ verbose?: true }>().verbose ?? false
        if (options.check !== undefined) {
          if (paths.length > 0) throw new UsageError('--check names the pictures itself')
          if (options.form !== undefined) throw new UsageError('--check and --form exclude each other')
          const readText = async (file: string): Promise<string> => {
            const document = await readOne(file, options, session, null).catch(blankAsNothing)
            return document === null ? '' : textOf(document)
          }
          await checkReadings(options.check, options, session, readText)
          return DONE
        }
        if (paths.length === 0) throw new UsageError('name at least one picture or folder')
        const { form, ...rest } = options
        if (form !== undefined) {
          if (options.line || options.expects !== 'free')
            throw new UsageError('--form says itself what its fields hold')
          return readForms(paths, { ...rest, form }, session, verbose)
        }
        return readAll(paths, options, session, verbose)
      }),
    )
}

async function readAll(
  paths: readonly string[],
  options: ReadOptions,
  session: Session,
  verbose: boolean,
): Promise<number> {
  const { environment, print, tell } = session
  const out = options.out === undefined ? null : resolve(environment.userFolder, options.out)
  const format = out === null ? null : formatOf(out)
  const soFar = out === null ? null : await ReadingsSoFar.open(out, howOf(options), environment.userFolder)
  const files = await listPictures(paths, environment)
  const { documents, exitCode, isWhole } = await readEach(
    files,
    session,
    verbose,
    async (file) =>
      (await soFar?.find(file, readDocumentSchema)) ?? (await readOne(file, options, session, soFar)),
    (document) => {
      if (options.json) print(JSON.stringify(document))
      else if (out === null) print(describe(document, files.length > 1))
    },
  )
  if (!isWhole || out === null || format === null || soFar === null) return exitCode
  if (documents.length > 0) {
    await writeReadings(out, format, documents, { force: options.force ?? false, session, soFar })
  }
  await soFar.forget()
  if (documents.length > 0 && !options.json) tell(`wrote ${out}`)
  return exitCode
}

/** Where a person read something and nothing was found, that is a mistake like any other, and the check goes on. */
function blankAsNothing(thrown: unknown): null {
  if (toAppError(thrown).code === 'picture-blank') return null
  throw thrown
}

/** Whatever of the options changes what is read. */
const howOf = ({ model, expects, line, turn }: ReadOptions): object => ({ model, expects, line, turn })

async function readOne(
  file: string,
  options: ReadOptions,
  { client, environment }: Session,
  soFar: ReadingsSoFar | null,
): Promise<ReadDocument> {
  const {
    page,
    elapsedMs: _,
    ...reading
  } = await client.pages.read(
    {
      picture: await readPictureFile(file, environment),
      file,
      quarterTurns: Number(options.turn) / 90,
      layout: options.line ? 'line' : 'page',
      expects: options.expects,
      model: options.model === undefined ? undefined : resolveModel(options.model, environment.userFolder),
    },
    { signal: environment.interrupted },
  )
  if (environment.interrupted.aborted) throw new AppError('cancelled', {})
  const document = { file, ...reading }
  await soFar?.keep(document, page)
  return document
}

function describe(document: ReadDocument, named: boolean): string {
  const doubtful = doubtfulIn(document)
  const note = doubtful === 0 ? '' : `  [${doubtful} not sure]`
  const text = textOf(document)
  if (!named) return `${text}${note === '' ? '' : `\n${note.trim()}`}`
  return document.lines.length === 1
    ? `${document.file}: ${text}${note}`
    : `${document.file}:${note}\n${text}\n`
}
