import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import {
  checkDocument,
  formDocumentSchema,
  formsAsCsv,
  formsAsJson,
  queueOf,
  type CheckedDocument,
} from '../../shared/recognition/form/formDocument'
import { formSpecSchema, type FormSpec } from '../../shared/recognition/form/formSpec'
import { listPictures } from './listPictures'
import { readEach } from './readEach'
import { readJsonFile } from './readJsonFile'
import { readPictureFile } from './readPictureFile'
import { ReadingsSoFar } from './readingsSoFar'
import { resolveModel } from './references'
import type { Session } from './session'
import { UsageError } from './usageError'
import { writeOutput } from './writeOutput'
import { formatOf } from './writeReadings'

interface ReadFormsOptions {
  readonly form: string
  readonly out?: string
  readonly model?: string
  readonly turn: string
  readonly force?: true
  readonly json?: true
}

/**
 * Reads pictures of one form, checks them, and writes them with the queue of what needs a person. Goes on where it was
 * interrupted, as long as the form, the model and the pictures are the same.
 * @returns the exit code
 */
export async function readForms(
  paths: readonly string[],
  options: ReadFormsOptions,
  session: Session,
  verbose: boolean,
): Promise<number> {
  const { environment, print, tell } = session
  const form = await readFormSpec(options.form, environment.userFolder)
  const out = options.out === undefined ? null : resolve(environment.userFolder, options.out)
  const format = out === null ? null : formatOf(out)
  if (format === 'txt' || format === 'pdf') throw new UsageError('forms are written as .csv or .json')
  const how = { form, model: options.model, turn: options.turn }
  const soFar = out === null ? null : await ReadingsSoFar.open(out, how, environment.userFolder)
  const files = await listPictures(paths, environment)
  const {
    documents: checked,
    exitCode,
    isWhole,
  } = await readEach(
    files,
    session,
    verbose,
    async (file) => {
      const known = await soFar?.find(file, formDocumentSchema)
      const document = known ?? (await readOne(file, form, options, session))
      if (!known) await soFar?.keep(document)
      return checkDocument(form, document)
    },
    (result) => {
      if (options.json) print(JSON.stringify(result))
      else if (out === null) print(describe(result))
    },
  )
  if (!isWhole || out === null || soFar === null) return exitCode
  if (checked.length > 0) {
    const content = format === 'csv' ? formsAsCsv(form, checked) : formsAsJson(form, checked)
    await writeOutput(out, (part) => writeFile(part, content), options.force ?? false)
    const { length } = queueOf(checked)
    if (!options.json)
      tell(`wrote ${out}; ${length} ${length === 1 ? 'field needs' : 'fields need'} a person`)
  }
  await soFar.forget()
  return exitCode
}

async function readFormSpec(file: string, userFolder: string): Promise<FormSpec> {
  const form = formSpecSchema.safeParse(await readJsonFile(resolve(userFolder, file), file))
  if (form.success) return form.data
  const [issue] = form.error.issues
  const place = issue && issue.path.length > 0 ? issue.path.join('.') : 'the whole'
  throw new AppError('data-malformed', { file, place, detail: issue?.message ?? 'it is no form' })
}

async function readOne(
  file: string,
  form: FormSpec,
  { model, turn }: ReadFormsOptions,
  { client, environment }: Session,
) {
  const { elapsedMs: _, ...reading } = await client.pages.readForm(
    {
      picture: await readPictureFile(file, environment),
      file,
      quarterTurns: Number(turn) / 90,
      form,
      model: model === undefined ? undefined : resolveModel(model, environment.userFolder),
    },
    { signal: environment.interrupted },
  )
  if (environment.interrupted.aborted) throw new AppError('cancelled', {})
  return { file, ...reading }
}

function describe({ file, fields }: CheckedDocument): string {
  const lines = fields.map(({ name, text, problems }) => {
    const note = problems.length === 0 ? '' : `  [${problems.join(', ')}]`
    return `  ${name}: ${text}${note}`
  })
  return [`${file}:`, ...lines].join('\n')
}
