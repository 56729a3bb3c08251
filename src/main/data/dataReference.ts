import { AppError } from '../../shared/errors/appError'

/** The forms of data that are one file or folder. */
const pathKinds = ['ink', 'images', 'csv', 'parquet', 'inkml', 'unipen', 'gnt'] as const
type PathKind = (typeof pathKinds)[number]

/** A `--data` argument, taken apart. */
export type DataReference =
  | { readonly kind: 'mnist'; readonly part: 'train' | 'test' }
  | { readonly kind: PathKind; readonly path: string }
  | { readonly kind: 'npz'; readonly path: string; readonly part: 'train' | 'test' }
  | { readonly kind: 'idx'; readonly images: string; readonly labels: string }

/**
 * Reads `mnist[:train|:test]`, `ink:FILE`, `images:PATH`, `idx:IMAGES,LABELS`, `csv:FILE`, `npz:FILE[#train|#test]`,
 * `parquet:FILE`, `inkml:PATH`, `unipen:PATH` and `gnt:PATH`.
 *
 * @throws AppError 'data-unknown'
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
  throw new AppError('data-unknown', { data: reference })
}

function isPathKind(kind: string): kind is PathKind {
  return pathKinds.some((known) => known === kind)
}
