import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readlink, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../shared/errors/appError'
import type { FolderFile } from './folderFiles'

/**
 * Copies files from one folder to another, and reads both again to compare them.
 *
 * @param onBytes called with the bytes that were dealt with since: each file's once when it is copied, and once when compared
 * @throws AppError 'copy-differs'; what the file system throws
 */
export async function copyFiles(
  files: readonly FolderFile[],
  from: string,
  to: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (const { path, bytes, isLink } of files) {
    signal?.throwIfAborted()
    const source = join(from, path)
    const copy = join(to, path)
    await mkdir(dirname(copy), { recursive: true })
    if (isLink) await symlink(await readlink(source), copy)
    else await copyFile(source, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    onBytes(bytes)
    if (!isLink) {
      await flush(copy)
      if ((await digestOf(source, signal)) !== (await digestOf(copy, signal)))
        throw new AppError('copy-differs', { file: source })
    }
    onBytes(bytes)
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}

async function digestOf(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash, { signal })
  return hash.digest('hex')
}
