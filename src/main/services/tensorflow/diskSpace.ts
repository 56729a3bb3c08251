import { statfs } from 'node:fs/promises'
import { AppError } from '../../../shared/errors/appError'

/** @throws AppError 'disk-full' where a folder's disk has less room than is needed */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (freeBytes >= neededBytes) return
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6)
  throw new AppError('disk-full', {
    folder,
    neededMegabytes: megabytes(neededBytes),
    freeMegabytes: megabytes(freeBytes),
  })
}
