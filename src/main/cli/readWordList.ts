import type { Environment } from './environment'
import { readTextFile } from './readTextFile'
import { UsageError } from './usageError'

/** The words of a file, one a line. @throws AppError as readTextFile, UsageError where it holds none */
export async function readWordList(file: string, environment: Environment): Promise<string[]> {
  const lines = (await readTextFile(file, environment)).split(/\r?\n/).map((word) => word.trim())
  const words = lines.filter((word) => word !== '')
  if (words.length === 0) throw new UsageError(`${file} holds no word`)
  return words
}
