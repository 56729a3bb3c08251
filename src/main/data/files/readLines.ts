import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { fileError, isBrokenGzip, malformed, messageOf, throwIfAborted } from '../dataErrors'
import { firstBytes } from './fileKind'

/** A line may hold this much; 500 long strokes stay below it. */
const longestLineBytes = 16 * 2 ** 20
const newline = 0x0a

/**
 * The lines of a text file, gzipped or not (known by its first bytes), one at a time, so that a file of any size takes the
 * memory of one line. Line numbers count from 1.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'data-malformed' (cut gzip, a line without end), 'cancelled'
 */
export async function* readLines(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly number: number; readonly text: string }> {
  const gzipped = await isGzip(file)
  const bytes = createReadStream(file)
  const inflated = createGunzip()
  const source = gzipped ? bytes.pipe(inflated) : bytes
  // pipe() does not hand a read error on; without this the reader would wait for ever.
  bytes.on('error', (error) => inflated.destroy(error))
  let number = 1
  let parts: Buffer[] = []
  let held = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      throwIfAborted(signal)
      let from = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
        parts.push(chunk.subarray(from, end))
        yield { number, text: Buffer.concat(parts).toString('utf8') }
        number++
        parts = []
        held = 0
        from = end + 1
      }
      if (from < chunk.length) {
        parts.push(chunk.subarray(from))
        held += chunk.length - from
        if (held > longestLineBytes) throw malformed(file, `line ${number}`, 'the line is longer than 16 MiB')
      }
    }
  } catch (cause) {
    if (!isBrokenGzip(cause)) throw fileError(file, cause)
    throw malformed(file, `line ${number}`, `the gzip is cut off or damaged (${messageOf(cause)})`, cause)
  } finally {
    bytes.destroy()
    inflated.destroy()
  }
  if (held > 0) yield { number, text: Buffer.concat(parts).toString('utf8') }
}

async function isGzip(file: string): Promise<boolean> {
  const [first, second] = await firstBytes(file, 2)
  return first === 0x1f && second === 0x8b
}
