import { mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { MoveEvent } from '../../../shared/contract/storage'
import { AppError } from '../../../shared/errors/appError'
import { copyFiles } from '../../store/copyFiles'
import { folderFiles, type FolderFile } from '../../store/folderFiles'
import { requireSpace } from '../diskSpace'
import { sumBytes, travels } from './storageParts'

/**
 * The folder that data in `from` can be moved to, in full; it is made where it is not there.
 * @throws AppError 'path-relative', 'folder-nested', 'folder-not-empty', 'file-unwritable'
 */
export async function prepareTarget(from: string, to: string): Promise<string> {
  if (!isAbsolute(to)) throw new AppError('path-relative', { path: to })
  const folder = resolve(to)
  const isThere = await holdsNothing(folder)
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('file-unwritable', { file: folder, detail }, { cause: error })
  }
  // By their real places: a link may lead from one into the other.
  const [source, target] = await Promise.all([realpath(from), realpath(folder)])
  if (lieIn(source, target) || lieIn(target, source)) {
    if (!isThere) await rm(folder, { recursive: true })
    throw new AppError('folder-nested', { folder, other: from })
  }
  return folder
}

/** Whether it is there; a place that holds something is refused. The file that tells where the data is may lie in it. */
async function holdsNothing(folder: string): Promise<boolean> {
  const content = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new AppError('folder-not-empty', { folder }, { cause: error })
  })
  if (content?.some((name) => name !== 'location.json')) throw new AppError('folder-not-empty', { folder })
  return content !== null
}

function lieIn(folder: string, other: string): boolean {
  const path = relative(other, folder)
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path))
}

/**
 * Copies what travels of one data folder to another, which is empty, and compares it. Where that fails or is cancelled, what was
 * copied is taken away again.
 *
 * @throws AppError 'disk-full', 'copy-differs'; what the file system throws
 */
export async function copyData(
  from: string,
  to: string,
  onEvent: (event: MoveEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const files = (await folderFiles(from)).filter(travels)
  const bytes = sumBytes(files)
  await requireSpace(to, bytes)
  let doneBytes = 0
  const onBytes = (more: number): void => {
    doneBytes += more
    onEvent({ event: 'progress', doneBytes, totalBytes: 2 * bytes })
  }
  try {
    await copyFiles(files, from, to, onBytes, signal)
    const changed = firstChange(files, (await folderFiles(from)).filter(travels))
    if (changed !== null) throw new AppError('copy-differs', { file: resolve(from, changed) })
    signal.throwIfAborted()
  } catch (error) {
    await deleteCopies(files, to)
    throw error
  }
}

async function deleteCopies(files: readonly FolderFile[], to: string): Promise<void> {
  const names = new Set(files.map(({ path }) => path.split(sep)[0] ?? path))
  for (const name of names) await rm(resolve(to, name), { recursive: true, force: true })
}

/** The first file that came, went or was written while the others were copied: another Longhand is at work in the folder. */
function firstChange(before: readonly FolderFile[], after: readonly FolderFile[]): string | null {
  const key = ({ path, bytes, mtimeMs }: FolderFile): string => `${path}\0${bytes}\0${mtimeMs}`
  const known = new Set(before.map(key))
  const now = new Set(after.map(key))
  const changed = after.find((file) => !known.has(key(file))) ?? before.find((file) => !now.has(key(file)))
  return changed?.path ?? null
}

/** Deletes what a data folder holds, but the file that tells where the data is; then the folder, where that leaves it empty. */
export async function emptyFolder(folder: string, keep: readonly string[]): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!keep.includes(name)) await rm(resolve(folder, name), { recursive: true, force: true })
  }
}
