import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors/appError'

/**
 * Takes a model's folder away. Its card goes first: a folder without one is no model, however much of it is left.
 * @throws AppError 'file-unwritable'
 */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(join(folder, 'card.json'), { force: true })
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('file-unwritable', { file: folder, detail }, { cause: error })
  }
}
