import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { Environment } from './environment'

const isPicture = (name: string): boolean => /\.(png|jpe?g|webp|bmp|tiff?)$/i.test(name)

/**
 * The pictures of paths as they were typed: a file is one whatever its name, a folder stands for those in it and below, in the
 * order of their names, numbers by their value. What is missing stays in the list, so that it is said where its turn comes.
 *
 * @throws AppError 'data-empty' where folders hold no picture
 */
export async function listPictures(
  paths: readonly string[],
  { userFolder }: Pick<Environment, 'userFolder'>,
): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(resolve(userFolder, path)).catch(() => null)
    if (!found?.isDirectory()) {
      files.push(path)
      continue
    }
    const entries = await readdir(resolve(userFolder, path), { recursive: true, withFileTypes: true })
    const below = entries
      .filter((entry) => entry.isFile() && isPicture(entry.name))
      .map((entry) => join(path, entry.parentPath.slice(resolve(userFolder, path).length), entry.name))
    files.push(...below.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
  }
  if (files.length === 0) throw new AppError('data-empty', { data: paths.join(' ') })
  return [...new Set(files)]
}
