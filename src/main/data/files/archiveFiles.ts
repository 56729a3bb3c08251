import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import yauzl from 'yauzl'
import { AppError } from '../../../shared/errors/appError'
import { fileError, malformed, messageOf } from '../dataErrors'
import { refusePathTricks } from '../pictures/pictureSource'
import { filesBelow } from './filesBelow'
import { firstBytes, isFolder } from './fileKind'

/** One of the files that a reference stands for. */
export interface FoundFile {
  /** Its path, or the archive's. */
  readonly file: string
  /** Its path inside of the folder or archive; null where it was named itself. */
  readonly member: string | null
  /** What stands before a place in it where `file` is an archive. */
  readonly prefix: string
  /** Its bytes. An error of the stream is told by whoever reads it. */
  readonly bytes: AsyncIterable<Buffer>
}

/** A member may be unpacked to this: the largest of the known sets have some 100 MB in one. */
const largestMember = 4 * 2 ** 30

/**
 * The file that a path names, or those in the folder or ZIP of which the name says that they are wanted, one after the other.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed', 'cancelled'
 */
export async function* foundFiles(
  path: string,
  wanted: RegExp,
  signal?: AbortSignal,
): AsyncGenerator<FoundFile> {
  if (await isFolder(path)) {
    for (const member of await filesBelow(path, (name) => wanted.test(name), signal)) {
      const file = join(path, member)
      yield { file, member, prefix: '', bytes: readable(file) }
    }
    return
  }
  const start = await firstBytes(path, 4)
  if (start.length === 0) throw new AppError('file-empty', { file: path })
  if (start.toString('latin1') === 'PK\x03\x04') yield* zippedFiles(path, wanted)
  else yield { file: path, member: null, prefix: '', bytes: readable(path) }
}

async function* readable(file: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(file, { highWaterMark: 2 ** 18 })
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (cause) {
    throw fileError(file, cause)
  } finally {
    stream.destroy()
  }
}

async function* zippedFiles(archive: string, wanted: RegExp): AsyncGenerator<FoundFile> {
  let member = 'the central directory'
  try {
    const zip = await yauzl.openPromise(archive, { lazyEntries: true, autoClose: false })
    try {
      for await (const entry of zip.eachEntry()) {
        member = entry.fileName
        refusePathTricks(archive, member)
        if (!wanted.test(member)) continue
        if (entry.uncompressedSize > largestMember) {
          throw malformed(archive, member, `unpacked it takes ${entry.uncompressedSize} bytes`)
        }
        const stream = await zip.openReadStreamPromise(entry)
        try {
          yield { file: archive, member, prefix: `${member}, `, bytes: stream as AsyncIterable<Buffer> }
        } finally {
          stream.destroy()
        }
      }
    } finally {
      zip.close()
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(archive, member, messageOf(cause), cause)
  }
}
