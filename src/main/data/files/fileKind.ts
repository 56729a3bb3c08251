import { open, stat } from 'node:fs/promises'
import { fileError } from '../dataErrors'

/** Whether a path is a folder. @throws AppError 'file-missing', 'file-unreadable' */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (cause) {
    throw fileError(path, cause)
  }
}

/** Up to `count` bytes from the start of a file. @throws AppError 'file-missing', 'file-unreadable' */
export async function firstBytes(file: string, count: number): Promise<Buffer> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw fileError(file, cause)
  }
}
