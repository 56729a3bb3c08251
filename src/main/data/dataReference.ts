import { AppError } from '../../shared/errors/appError'

/** A `--data` argument, taken apart. */
export type DataReference =
  | { readonly kind: 'mnist'; readonly part: 'train' | 'test' }
  | { readonly kind: 'ink'; readonly file: string }
  | { readonly kind: 'images'; readonly path: string }
  | { readonly kind: 'idx'; readonly images: string; readonly labels: string }

/**
 * Reads `mnist[:train|:test]`, `ink:FILE`, `images:PATH` and `idx:IMAGES,LABELS`.
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
  if (kind === 'ink' && rest !== '') return { kind, file: rest }
  if (kind === 'images' && rest !== '') return { kind, path: rest }
  if (kind === 'idx') {
    const comma = rest.lastIndexOf(',')
    if (comma > 0 && comma < rest.length - 1) {
      return { kind, images: rest.slice(0, comma), labels: rest.slice(comma + 1) }
    }
  }
  throw new AppError('data-unknown', { data: reference })
}
