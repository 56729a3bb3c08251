import { readdir } from 'node:fs/promises'
import { AppError } from '../../shared/errors/appError'

/**
 * Lets pass a folder that is not there or holds nothing. Models are never overwritten.
 * @throws AppError 'output-exists', 'training-unfinished', 'file-unwritable'
 */
export async function requireVacant(folder: string): Promise<void> {
  const content = await readdir(folder).catch((error: unknown): string[] => {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new AppError('output-exists', { folder }, { cause: error })
    throw new AppError('file-unwritable', { file: folder, detail: message }, { cause: error })
  })
  if (content.includes('checkpoint')) throw new AppError('training-unfinished', { folder })
  if (content.length > 0) throw new AppError('output-exists', { folder })
}
