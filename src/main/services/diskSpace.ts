import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors/appError'

/** @throws AppError 'disk-full' where a folder's disk has less room than is needed */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeBytesOf(folder)
  if (freeBytes >= neededBytes) return
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6)
  throw new AppError('disk-full', {
    folder,
    neededMegabytes: megabytes(neededBytes),
    freeMegabytes: megabytes(freeBytes),
  })
}

/** Of the disk that a folder is on; one that has not been made yet will be on its nearest parent's. */
export async function freeBytesOf(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    if (folder === dirname(folder)) throw error
    return freeBytesOf(dirname(folder))
  }
}
