import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from '../../shared/errors/appError'
import type { Environment } from './environment'
import { isMissing, messageOf } from './fileErrors'

/** The contract's own limit of a picture's file. */
const LARGEST_BYTES = 64 * 1024 * 1024

/** An encoded picture as it is; - is standard input. @throws AppError 'file-missing', 'file-empty' or 'file-unreadable' */
export async function readPictureFile(
  file: string,
  environment: Environment,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = file === '-' ? 'standard input' : file
  const content =
    file === '-'
      ? await readStream(environment.stdin)
      : await readFileUpTo(resolve(environment.userFolder, file)).catch((error: unknown) => {
          if (isMissing(error)) throw new AppError('file-missing', { file }, { cause: error })
          throw new AppError('file-unreadable', { file, detail: messageOf(error) }, { cause: error })
        })
  if (content === null) {
    throw new AppError('file-unreadable', { file: name, detail: 'it is larger than 64 MiB' })
  }
  if (content.length === 0) throw new AppError('file-empty', { file: name })
  return content
}

/** The whole file, or null where it is larger than the limit. */
async function readFileUpTo(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    return size > LARGEST_BYTES ? null : new Uint8Array(await handle.readFile())
  } finally {
    await handle.close()
  }
}

async function readStream(stream: Readable): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > LARGEST_BYTES) return null
    chunks.push(bytes)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
