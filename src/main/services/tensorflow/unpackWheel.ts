import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { AppError } from '../../../shared/errors/appError'
import { requireSpace } from '../diskSpace'

interface UnpackOptions {
  /** Whether a member is wanted. */
  readonly wants: (path: string) => boolean
  readonly signal: AbortSignal
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}

/**
 * Unpacks a part of a Python wheel, and checks each file by the wheel's own list of hashes.
 * @returns the wheel's METADATA
 * @throws AppError 'tensorflow-source' where it is no wheel or is damaged, 'disk-full'
 */
export async function unpackWheel(
  wheel: string,
  folder: string,
  { wants, signal, onProgress }: UnpackOptions,
): Promise<string> {
  const broken = (detail: string, cause?: unknown): AppError =>
    new AppError('tensorflow-source', { path: wheel, detail }, { cause })
  const zip = await yauzl
    .openPromise(wheel, { lazyEntries: true, autoClose: false })
    .catch((error: unknown) => {
      throw broken(error instanceof Error ? error.message : String(error), error)
    })
  try {
    const entries: yauzl.Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    const read = async (name: string): Promise<string> => {
      const entry = entries.find(({ fileName }) => fileName.endsWith(`.dist-info/${name}`))
      if (!entry) throw broken(`it has no ${name}, as wheels have`)
      return text(await zip.openReadStreamPromise(entry))
    }
    const hashes = readRecord(await read('RECORD'))
    const wanted = entries.filter(({ fileName }) => !fileName.endsWith('/') && wants(fileName))
    const totalBytes = wanted.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
    await mkdir(folder, { recursive: true })
    await requireSpace(folder, totalBytes)
    let doneBytes = 0
    for (const entry of wanted) {
      const file = join(folder, entry.fileName)
      await mkdir(dirname(file), { recursive: true })
      const hash = createHash('sha256')
      const meter = new Transform({
        transform(chunk: Buffer, _, done) {
          hash.update(chunk)
          doneBytes += chunk.length
          onProgress(doneBytes, totalBytes)
          done(null, chunk)
        },
      })
      await pipeline(await zip.openReadStreamPromise(entry), meter, createWriteStream(file), { signal })
      if (hash.digest('base64url') !== hashes.get(entry.fileName))
        throw broken(`${entry.fileName} is damaged`)
    }
    return await read('METADATA')
  } catch (error) {
    if (error instanceof AppError || signal.aborted) throw error
    throw (error as NodeJS.ErrnoException).code === undefined
      ? broken(error instanceof Error ? error.message : String(error), error)
      : error
  } finally {
    zip.close()
  }
}

/** PATH,sha256=HASH,SIZE a line; the paths that are asked for have no comma in them. */
function readRecord(record: string): Map<string, string> {
  return new Map(
    record.split('\n').flatMap((line) => {
      const [, path, hash] = /^"?([^",]+)"?,sha256=([^,]+),/.exec(line) ?? []
      return path && hash ? [[path, hash] as const] : []
    }),
  )
}
