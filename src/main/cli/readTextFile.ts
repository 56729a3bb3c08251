import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { Environment } from './environment'
import { isMissing, messageOf } from './fileErrors'

/** @throws AppError 'file-missing', 'file-unreadable' */
export async function readTextFile(file: string, { userFolder }: Environment): Promise<string> {
  try {
    return await readFile(resolve(userFolder, file), 'utf8')
  } catch (error) {
    if (isMissing(error)) throw new AppError('file-missing', { file }, { cause: error })
    throw new AppError('file-unreadable', { file, detail: messageOf(error) }, { cause: error })
  }
}
