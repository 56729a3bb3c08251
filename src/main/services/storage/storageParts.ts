import type { StoragePart, StorageReport } from '../../../shared/contract/storage'
import type { FolderFile } from '../../store/folderFiles'

/** What the names at the top of the data folder hold. */
const parts: readonly (readonly [StoragePart, RegExp])[] = [
  ['samples', /^samples\.db/],
  ['hands', /^hands\.json/],
  ['models', /^models$/],
  ['settings', /^(settings|models|providers|location)\.json|\.lock$|^running$/],
  ['programs', /^api$/],
  ['logs', /^logs$/],
  ['crashes', /^crashes$/],
  ['window', /^browser$/],
  ['tensorflow', /^tensorflow/],
]

function partOf(file: FolderFile): StoragePart {
  const [top = ''] = file.path.split(/[\\/]/)
  return parts.find(([, names]) => names.test(top))?.[0] ?? 'other'
}

/** How much each part of the data folder takes, in the order of the table. */
export function sumParts(files: readonly FolderFile[]): StorageReport['parts'] {
  const order: readonly StoragePart[] = [...parts.map(([part]) => part), 'other']
  return order.flatMap((part) => {
    const own = files.filter((file) => partOf(file) === part)
    return own.length === 0 ? [] : [{ part, bytes: sumBytes(own), files: own.length }]
  })
}

export function sumBytes(files: readonly FolderFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * What a move leaves behind: what the window keeps for itself, which Chromium has open and makes anew, and what only says that
 * somebody is at work here.
 */
export function travels(file: FolderFile): boolean {
  const [top = ''] = file.path.split(/[\\/]/)
  return !/^(browser|crashes|running|location\.json)$|\.lock(\.|$)|\.tmp$/.test(top)
}
