import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { AppError } from '../../../shared/errors/appError'
import { fileError, malformed, messageOf, throwIfAborted } from '../dataErrors'
import { refusePathTricks } from '../pictures/pictureSource'
import type { NpyArray } from './npyArray'
import { longestHeader, parseNpyHeader } from './npyHeader'

/** 1 GiB: a million pictures of 32 x 32 in bytes. */
const largestArray = 2 ** 30
const mostArrays = 10_000

/**
 * Reads two arrays of an .npz, chosen by their names.
 *
 * @param choose the names of pictures and labels among those that are there, or what is wrong, in words
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed' (place: the array), 'cancelled'
 */
export async function readArrays(
  file: string,
  choose: (names: readonly string[]) => { pictures: string; labels: string } | string,
  signal?: AbortSignal,
): Promise<{ pictures: NamedArray; labels: NamedArray }> {
  let place = 'the central directory'
  try {
    const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false })
    try {
      const entries = new Map<string, Entry>()
      for await (const entry of zip.eachEntry()) {
        throwIfAborted(signal)
        place = entry.fileName
        refusePathTricks(file, place)
        if (entries.size >= mostArrays) throw malformed(file, place, `more than ${mostArrays} arrays`)
        if (place.endsWith('.npy')) entries.set(place.slice(0, -'.npy'.length), entry)
      }
      place = 'the names of its arrays'
      const chosen = choose([...entries.keys()])
      if (typeof chosen === 'string') throw malformed(file, place, chosen)
      const read = async (name: string): Promise<NamedArray> => {
        place = name
        const entry = entries.get(name)
        if (!entry) throw malformed(file, place, 'it is not there')
        return { name, array: await readArray(zip, entry, file, name, signal) }
      }
      return { pictures: await read(chosen.pictures), labels: await read(chosen.labels) }
    } finally {
      zip.close()
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (cause instanceof Error && 'syscall' in cause) throw fileError(file, cause)
    throw malformed(file, place, messageOf(cause), cause)
  }
}

export interface NamedArray {
  readonly name: string
  readonly array: NpyArray
}

/** Nothing is reserved before the header was found to agree with the size that the archive declares. */
async function readArray(
  zip: ZipFile,
  entry: Entry,
  file: string,
  name: string,
  signal?: AbortSignal,
): Promise<NpyArray> {
  const declared = entry.uncompressedSize
  if (declared > largestArray) throw malformed(file, name, `unpacked it takes ${declared} bytes`)
  const stream = await zip.openReadStreamPromise(entry)
  const parts: Buffer[] = []
  let length = 0
  let checked = false
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    throwIfAborted(signal)
    parts.push(chunk)
    length += chunk.length
    if (checked || length < Math.min(longestHeader, declared)) continue
    checkHeader(Buffer.concat(parts), declared, file, name)
    checked = true
  }
  const whole = Buffer.concat(parts, length)
  const header = checkHeader(whole, declared, file, name)
  return { header, body: whole.subarray(header.bytes) }
}

function checkHeader(start: Buffer, declared: number, file: string, name: string) {
  const header = parseNpyHeader(start)
  if (typeof header === 'string') throw malformed(file, name, header)
  const { shape, itemBytes, bytes } = header
  const needed = bytes + shape.reduce((product, side) => product * side, itemBytes)
  if (needed !== declared) {
    throw malformed(
      file,
      name,
      `its shape (${shape.join(', ')}) needs ${needed} bytes, ${declared} are there`,
    )
  }
  return header
}
