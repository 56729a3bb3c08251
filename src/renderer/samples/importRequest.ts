import { importRequestSchema, type ImportRequest } from '../../shared/contract/sampleImport'

/** The forms of data, in the order in which they are offered; see main/data/dataReference.ts. */
export const importForms = [
  'images',
  'idx',
  'csv',
  'npz',
  'parquet',
  'ink',
  'inkml',
  'unipen',
  'gnt',
] as const
export type ImportForm = (typeof importForms)[number]

export const mnistSamples = 70_000
/** All of MNIST, as it is divided. */
export const mnistRequest = importRequestSchema.parse({
  dataset: 'MNIST',
  sources: [{ data: 'mnist:train' }, { data: 'mnist:test' }],
})

const formOfEnding: Readonly<Record<string, ImportForm>> = {
  csv: 'csv',
  npz: 'npz',
  parquet: 'parquet',
  jsonl: 'ink',
  ndjson: 'ink',
  inkml: 'inkml',
  gnt: 'gnt',
  dat: 'unipen',
  uni: 'unipen',
  upn: 'unipen',
  idx: 'idx',
}

/** What a file probably holds, by its name; folders and archives are taken for pictures. */
export function guessForm(path: string): ImportForm {
  const name = fileName(path).toLowerCase()
  if (/(ubyte|idx\d)(\.gz)?$/.test(name)) return 'idx'
  const ending = /\.([a-z0-9]+)(?:\.gz)?$/.exec(name)?.[1] ?? ''
  return formOfEnding[ending] ?? 'images'
}

/** What the names of IDX files of labels have. */
export const labelsPattern = /labels|idx1/

/** The file of labels beside an IDX file of pictures, as MNIST's are named. */
export function guessLabelsFile(images: string): string {
  const name = fileName(images)
  return (
    images.slice(0, images.length - name.length) + name.replace('images', 'labels').replace('idx3', 'idx1')
  )
}

/** A name for the data set, from a file's. */
export function guessDatasetName(path: string): string {
  const name = fileName(path)
    .replace(/(\.[A-Za-z0-9]{1,8})+$/, '')
    .replaceAll(/[\p{Cc}:?#/\\]/gu, ' ')
    .trim()
  return [...name].slice(0, 64).join('').trim()
}

function fileName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? ''
  )
}

/** What a path changes of a choice. */
export function choiceOfPath(path: string): Pick<ImportChoice, 'path' | 'form' | 'labelsPath' | 'dataset'> {
  const form = guessForm(path)
  return {
    ...{ path, form, dataset: guessDatasetName(path) },
    labelsPath: form === 'idx' ? guessLabelsFile(path) : '',
  }
}

export interface ImportChoice {
  readonly form: ImportForm
  readonly path: string
  /** What was dropped or chosen, where the path is only where that was handed over to; null for a path that was typed. */
  readonly given: string | null
  /** The file of labels, for IDX. */
  readonly labelsPath: string
  readonly dataset: string
  readonly labels: ImportRequest['labels']
  readonly duplicates: ImportRequest['duplicates']
  readonly invert: boolean
  readonly skipProblems: boolean
}

/** The request for a choice; null where it is not whole. */
export function importRequestOf(choice: ImportChoice): ImportRequest | null {
  const { form, path, labelsPath, given: _given, ...rest } = choice
  if (path.trim() === '' || (form === 'idx' && labelsPath.trim() === '')) return null
  const data = form === 'idx' ? `idx:${path.trim()},${labelsPath.trim()}` : `${form}:${path.trim()}`
  return (
    importRequestSchema.safeParse({ ...rest, dataset: rest.dataset.trim(), sources: [{ data }] }).data ?? null
  )
}
