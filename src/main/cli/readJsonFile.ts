import { readFile } from 'node:fs/promises'
import { AppError } from '../../shared/errors/appError'
import { isMissing, messageOf } from './fileErrors'

/**
 * Reads a JSON file that the user named.
 * @param path where it is; `file` names it in errors, as it was typed
 * @throws AppError 'file-missing', 'file-unreadable' or 'bad-input'
 */
export async function readJsonFile(path: string, file: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) throw new AppError('file-missing', { file }, { cause: error })
    throw new AppError('file-unreadable', { file, detail: messageOf(error) }, { cause: error })
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('bad-input', { detail: `${file} is not JSON: ${messageOf(error)}` }, { cause: error })
  }
}
