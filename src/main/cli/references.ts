import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { dataParts } from '../../shared/dataParts'

/** Makes the paths in a --data argument absolute; what is none of the known forms stays as it is, to be refused by name. */
export function resolveData(reference: string, userFolder: string): string {
  return dataParts(reference)
    .map((part) => resolvePart(part, userFolder))
    .join(' + ')
}

function resolvePart(reference: string, userFolder: string): string {
  const [, kind, rest] =
    /^(ink|images|idx|csv|npz|parquet|inkml|unipen|gnt|strokes|fonts):(.+)$/s.exec(reference) ?? []
  if (kind === undefined || rest === undefined) return reference
  if (kind === 'ink') {
    return `ink:${rest
      .split(',')
      .map((path) => resolve(userFolder, path))
      .join(',')}`
  }
  if (kind === 'fonts' || kind === 'strokes') {
    const [, folders = '', characters = ''] = /^([^#]*)(#.*)?$/s.exec(rest) ?? []
    const absolute = folders.split(',').map((folder) => resolve(userFolder, folder))
    return `${kind}:${absolute.join(',')}${characters}`
  }
  if (kind !== 'idx') return `${kind}:${resolve(userFolder, rest)}`
  const comma = rest.lastIndexOf(',')
  if (comma <= 0 || comma === rest.length - 1) return reference
  const images = resolve(userFolder, rest.slice(0, comma))
  return `idx:${images},${resolve(userFolder, rest.slice(comma + 1))}`
}

/** A model is given by its name, or by the path of its folder; what is not there is left for the services to refuse. */
export function resolveModel(reference: string, userFolder: string): string {
  const folder = resolve(userFolder, reference)
  const isPath = /[\\/]/.test(reference) || reference.startsWith('.')
  return isPath && existsSync(folder) ? folder : reference
}

/**
 * Reads a list of labels: with a comma in it, what stands between the commas; else each character is one. "0123456789" are
 * ten labels, and so are "zero,one,...".
 */
export function parseLabels(text: string): string[] {
  const labels =
    text.length > 1 && text.includes(',')
      ? text.split(',').map((label) => label.trim())
      : Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  return [...new Set(labels.filter((label) => label.trim() !== ''))]
}
