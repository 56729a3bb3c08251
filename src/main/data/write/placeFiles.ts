import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { messageOf } from '../dataErrors'

/** A file to be written, and its bytes in the order in which they go there. */
export interface FileToWrite {
  readonly file: string
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/**
 * Writes files beside their places, and moves them there when all are written and on the disk. Where anything fails, or is
 * cancelled, what was there before is still there, and nothing else.
 *
 * @param force replaces what is at their places
 * @throws AppError 'file-exists', 'file-unwritable', and what the bytes' makers throw
 */
export async function placeFiles(files: readonly FileToWrite[], force: boolean): Promise<void> {
  await requireVacant(files, force)
  try {
    for (const each of files) await writeBeside(each)
    // Looked at again: another program may have written there in the meantime.
    await requireVacant(files, force)
    for (const { file } of files) {
      await rename(part(file), file).catch((cause: unknown) => {
        throw unwritable(file, cause)
      })
    }
  } finally {
    // Those that were moved are no longer there.
    for (const { file } of files) await rm(part(file), { force: true }).catch(() => undefined)
  }
}

async function writeBeside({ file, bytes }: FileToWrite): Promise<void> {
  const handle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(part(file), 'w'))
    .catch((cause: unknown) => {
      throw unwritable(file, cause)
    })
  try {
    for await (const chunk of bytes) {
      await handle.writeFile(chunk).catch((cause: unknown) => {
        throw unwritable(file, cause)
      })
    }
    await handle.sync().catch((cause: unknown) => {
      throw unwritable(file, cause)
    })
  } finally {
    await handle.close()
  }
}

async function requireVacant(files: readonly FileToWrite[], force: boolean): Promise<void> {
  for (const { file } of files) {
    const there = await stat(file).catch(() => null)
    if (there?.isDirectory()) throw new AppError('file-unwritable', { file, detail: 'it is a folder' })
    if (there && !force) throw new AppError('file-exists', { file })
  }
}

function unwritable(file: string, cause: unknown): AppError {
  return new AppError('file-unwritable', { file, detail: messageOf(cause) }, { cause })
}

/** One name a process, so that two that write the same file do not mix their bytes. */
const part = (file: string): string => `${file}.${process.pid}.part`
