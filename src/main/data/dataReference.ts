import { AppError } from '../../shared/errors/appError'
import { parseFilter } from '../../shared/samples/filterText'
import { splitSchema, type SampleFilter, type Split } from '../../shared/samples/sampleQuery'

/** The forms of data that are one file or folder. */
const pathKinds = ['images', 'csv', 'parquet', 'inkml', 'unipen', 'gnt'] as const
type PathKind = (typeof pathKinds)[number]

/** Samples of the user's own store. */
export interface StoredReference {
  readonly kind: 'dataset'
  /** The data set's name. */
  readonly name: string
  readonly filter: SampleFilter
}

/** Files of ink, one after the other; of some writers alone where a split is named. */
export interface InkReference {
  readonly kind: 'ink'
  readonly paths: readonly string[]
  readonly split?: Split
  /** The writers stand in for the labels, for a network that learns to tell hands apart. */
  readonly byWriter?: true
}

/** A `--data` argument, taken apart. */
export type DataReference =
  | StoredReference
  | { readonly kind: 'mnist'; readonly part: 'train' | 'test' }
  | { readonly kind: PathKind; readonly path: string }
  | InkReference
  | { readonly kind: 'npz'; readonly path: string; readonly part: 'train' | 'test' }
  | { readonly kind: 'idx'; readonly images: string; readonly labels: string }
  | { readonly kind: 'strokes'; readonly folder: string; readonly characters: string | null }
  | { readonly kind: 'fonts'; readonly folders: readonly string[]; readonly characters: string | null }

/**
 * Reads `mnist[:train|:test]`, `ink:FILE[,FILE...][#SPLIT][?label=writer]`, `images:PATH`, `idx:IMAGES,LABELS`, `csv:FILE`, `npz:FILE[#train|#test]`,
 * `parquet:FILE`, `inkml:PATH`, `unipen:PATH`, `gnt:PATH`, `strokes:FOLDER[#CHARACTERS]`,
 * `fonts:FOLDER[,FOLDER...][#CHARACTERS]` (see characterSets.ts) and `dataset:NAME[:SPLIT][?FILTER]` (see filterText.ts).
 *
 * @throws AppError 'data-unknown', 'filter-invalid'
 */
export function parseDataReference(reference: string): DataReference {
  const colon = reference.indexOf(':')
  const kind = colon < 0 ? reference : reference.slice(0, colon)
  const rest = colon < 0 ? '' : reference.slice(colon + 1)
  if (kind === 'mnist') {
    if (colon < 0 || rest === 'train') return { kind, part: 'train' }
    if (rest === 'test') return { kind, part: 'test' }
  }
  if (isPathKind(kind) && rest !== '') return { kind, path: rest }
  if (kind === 'ink') {
    const ink = parseInk(rest)
    if (ink.paths.length > 0) return ink
  }
  if (kind === 'npz') {
    const [, path, part] = /^(.+?)(?:#(train|test))?$/s.exec(rest) ?? []
    if (path !== undefined) return { kind, path, part: part === 'test' ? 'test' : 'train' }
  }
  if (kind === 'idx') {
    const comma = rest.lastIndexOf(',')
    if (comma > 0 && comma < rest.length - 1) {
      return { kind, images: rest.slice(0, comma), labels: rest.slice(comma + 1) }
    }
  }
  if (kind === 'strokes' || kind === 'fonts') {
    const [, path = '', characters = null] = /^([^#]+)(?:#(.+))?$/s.exec(rest) ?? []
    const folders = path.split(',').filter((folder) => folder !== '')
    if (kind === 'fonts' && folders.length > 0) return { kind, folders, characters }
    if (kind === 'strokes' && path !== '') return { kind, folder: path, characters }
  }
  if (kind === 'dataset') {
    const stored = parseStored(rest)
    if (stored) return stored
  }
  throw new AppError('data-unknown', { data: reference })
}

function parseInk(text: string): InkReference {
  const [, all = text, byWriter] = /^(.+?)(\?label=writer)?$/s.exec(text) ?? []
  const [, paths = all, split] = /^(.+?)(?:#([a-z]+))?$/s.exec(all) ?? []
  const known = splitSchema.safeParse(split)
  const files = (known.success ? paths : all).split(',').filter((path) => path !== '')
  return {
    kind: 'ink',
    paths: files,
    ...(known.success && { split: known.data }),
    ...(byWriter !== undefined && { byWriter: true }),
  }
}

function parseStored(text: string): StoredReference | null {
  const [, name, split, filterText = ''] = /^([^:?]+)(?::([a-z]+))?(?:\?(.*))?$/s.exec(text) ?? []
  if (name === undefined) return null
  const filter = parseFilter(filterText)
  if (typeof filter === 'string') throw new AppError('filter-invalid', { filter: filterText, detail: filter })
  if (split === undefined) return { kind: 'dataset', name, filter }
  const known = splitSchema.safeParse(split)
  return known.success ? { kind: 'dataset', name, filter: { ...filter, splits: [known.data] } } : null
}

function isPathKind(kind: string): kind is PathKind {
  return pathKinds.some((known) => known === kind)
}
