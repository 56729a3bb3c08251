import type {
  ImportPreview,
  ImportRequest,
  ImportResult,
  ImportStep,
} from '../../shared/contract/sampleImport'
import { AppError } from '../../shared/errors/appError'
import { describeError } from '../../shared/errors/describeError'
import { datasetNameSchema, type Split } from '../../shared/samples/sampleQuery'
import { createProgress } from './progress'
import { resolveData } from './references'
import { DONE } from './reportError'
import type { Session } from './session'
import { UsageError } from './usageError'

export interface ImportDataOptions {
  dataset: string
  split?: Split
  map?: string[]
  keepDuplicates?: true
  skipProblems?: true
  preview?: true
  json?: true
}

/** Brings data into the store, or tells what it would bring. @returns the exit code */
export async function importData(
  session: Session,
  data: readonly string[],
  options: ImportDataOptions,
): Promise<number> {
  const { environment, print } = session
  const request = requestOf(data, options, environment.userFolder)
  const { client } = session
  const signal = { signal: environment.interrupted }
  if (options.preview) {
    const { preview } = await follow<{ preview: ImportPreview }>(
      session,
      client.samples.previewImport(request, signal),
    )
    const { examples: _pictures, ...told } = preview
    if (options.json) print(JSON.stringify(told))
    else for (const line of describePreview(preview)) print(line)
    return DONE
  }
  const { result } = await follow<{ result: ImportResult }>(
    session,
    client.samples.runImport(request, signal),
  )
  if (options.json) print(JSON.stringify(result))
  else for (const line of describeImport(result)) print(line)
  return DONE
}

function requestOf(data: readonly string[], options: ImportDataOptions, userFolder: string): ImportRequest {
  if (!datasetNameSchema.safeParse(options.dataset).success)
    throw new UsageError('the name of a data set has no : ? # / or \\ in it, and up to 64 characters')
  return {
    sources: data.map((each) => ({ data: resolveData(each, userFolder), split: options.split ?? 'auto' })),
    dataset: options.dataset,
    labels: (options.map ?? []).map(mapping),
    duplicates: options.keepDuplicates ? 'keep' : 'skip',
    invert: false,
    skipProblems: options.skipProblems ?? false,
  }
}

/** `from=to`; nothing after the sign leaves the label's samples out. */
function mapping(text: string): ImportRequest['labels'][number] {
  const sign = text.indexOf('=', 1)
  if (sign < 0) throw new UsageError(`--map takes FROM=TO, and "${text}" is none`)
  return { from: text.slice(0, sign), to: text.slice(sign + 1) || null }
}

type Progressing<Done> = ({ event: 'progress' } & ImportStep) | ({ event: 'done' } & Done)

/** Shows the progress of a stream, and gives its last event. */
async function follow<Done>(
  { environment }: Session,
  events: PromiseLike<AsyncIterable<Progressing<Done>>>,
): Promise<Done> {
  const progress = createProgress(environment, '{step} {value} samples', { step: '' })
  try {
    for await (const event of await events) {
      if (event.event === 'done') return event
      progress.update(event.done, event.done, { step: event.step })
    }
    throw new AppError('cancelled', {})
  } finally {
    progress.stop()
  }
}

function describeImport({
  dataset,
  samples,
  duplicates,
  unwanted,
  problems,
  seconds,
}: ImportResult): string[] {
  const left = [
    ...(duplicates > 0 ? [`${duplicates} that were there already`] : []),
    ...(unwanted > 0 ? [`${unwanted} whose labels are not wanted`] : []),
    ...(problems > 0 ? [`${problems} that cannot be read`] : []),
  ]
  return [
    `${samples} samples in data set ${dataset.name}, in ${seconds.toFixed(1)} s`,
    ...(left.length > 0 ? [`left out: ${left.join(', ')}`] : []),
    `use them with --data dataset:${dataset.name}`,
  ]
}

function describePreview(preview: ImportPreview): string[] {
  const { samples, labels, writers, duplicates, turnedOver, problems, problemCount } = preview
  const shown = labels
    .slice(0, 40)
    .map(({ label, count, to }) => `${label}${to === label ? '' : ` as ${to ?? 'none'}`} ${count}`)
  return [
    `${samples} samples (${preview.ink} of ink, ${preview.pictures} pictures) of ${labels.length} labels by ${writers} named writers`,
    `labels: ${shown.join(', ')}${labels.length > 40 ? ', …' : ''}`,
    ...(turnedOver ? ['the pictures are dark on light, and are turned over'] : []),
    ...(duplicates > 0 ? [`${duplicates} are there already, or come twice`] : []),
    ...(problemCount > 0 ? [`${problemCount} cannot be read:`] : []),
    ...problems.slice(0, 10).map((problem) => `  ${describeError(problem, 'en').message}`),
  ]
}
