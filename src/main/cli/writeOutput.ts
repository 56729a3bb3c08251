import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import { messageOf } from './fileErrors'

/**
 * Lets a file or folder be written beside its place, and moves it there when it is whole.
 *
 * @param force replaces what is there
 * @throws AppError 'file-exists', 'file-unwritable'
 */
export async function writeOutput(
  out: string,
  write: (part: string) => Promise<void>,
  force: boolean,
): Promise<void> {
  if (!force && (await stat(out).catch(() => null)) !== null) throw new AppError('file-exists', { file: out })
  const part = `${out}.${process.pid}.part`
  try {
    await mkdir(dirname(out), { recursive: true })
    await write(part)
    if (force) await rm(out, { recursive: true, force: true })
    await rename(part, out)
  } catch (cause) {
    throw new AppError('file-unwritable', { file: out, detail: messageOf(cause) }, { cause })
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}
