import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors/appError'
import { fileError, isBrokenGzip, malformed, messageOf } from '../dataErrors'

/** One IDX array of unsigned bytes. */
export interface IdxArray {
  readonly shape: readonly number[]
  /** Product of `shape` values, last dimension fastest. */
  readonly values: Uint8Array
}

/** More than any set of small pictures needs, less than what a compressed bomb asks for. */
const largestBytes = 2 ** 31 - 1
const unsignedByte = 8
const inflate = promisify(gunzip)

/**
 * Reads an IDX file of unsigned bytes, as MNIST's (http://yann.lecun.com/exdb/mnist): two zero bytes, the type, the number of
 * dimensions, each dimension as a big-endian 32-bit number, the values. Gzip is known by its first bytes, not by its name.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed' (place: a byte offset)
 */
export async function readIdx(file: string, dimensions: number): Promise<IdxArray> {
  const bytes = await readBytes(file)
  const header = 4 + 4 * dimensions
  if (bytes.length < header) {
    throw malformed(file, `byte ${bytes.length}`, `the header of ${header} bytes is cut off`)
  }
  if (bytes.readUInt16BE(0) !== 0 || bytes[2] !== unsignedByte || bytes[3] !== dimensions) {
    const magic = bytes.subarray(0, 4).toString('hex')
    throw malformed(file, 'byte 0', `the magic number is 0x${magic}, not 0x0000080${dimensions}`)
  }
  const shape = Array.from({ length: dimensions }, (_, index) => bytes.readUInt32BE(4 + 4 * index))
  const size = shape.reduce((product, side) => product * side, 1)
  if (bytes.length - header !== size) {
    const place = `byte ${Math.min(bytes.length, header + size)}`
    throw malformed(
      file,
      place,
      `${shape.join(' x ')} needs ${size} bytes, ${bytes.length - header} are there`,
    )
  }
  return { shape, values: bytes.subarray(header) }
}

async function readBytes(file: string): Promise<Buffer> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fileError(file, cause)
  })
  if (bytes.length === 0) throw new AppError('file-empty', { file })
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await inflate(bytes, { maxOutputLength: largestBytes })
  } catch (cause) {
    const detail = isBrokenGzip(cause)
      ? `the gzip is cut off or damaged (${messageOf(cause)})`
      : messageOf(cause)
    throw malformed(file, `byte ${bytes.length}`, detail, cause)
  }
}
