import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '../../../shared/errors/appError'
import { fileError, isBrokenGzip, malformed, messageOf } from '../dataErrors'

/** One IDX array. */
export interface IdxArray<Values> {
  readonly shape: readonly number[]
  /** Product of `shape` values, last dimension fastest. */
  readonly values: Values
}

/** As much as a data set may take in memory: 1.3 million pictures of 28 x 28. A bomb asks for more. */
const largestBytes = 2 ** 30
const unsignedByte = 8
const int32 = 12
const inflate = promisify(gunzip)

/**
 * Reads an IDX file of unsigned bytes, as MNIST's (http://yann.lecun.com/exdb/mnist): two zero bytes, the type, the number of
 * dimensions, each dimension as a big-endian 32-bit number, the values. Gzip is known by its first bytes, not by its name.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed' (place: a byte offset)
 */
export async function readIdx(file: string, dimensions: number): Promise<IdxArray<Uint8Array>> {
  const { shape, body } = await readArray(file, dimensions, [unsignedByte])
  return { shape, values: body }
}

/** Reads the numbers of labels, `[count]`: bytes, or 32-bit numbers where there are more than 256 labels. */
export async function readIdxLabels(file: string): Promise<IdxArray<Uint8Array | Int32Array>> {
  const { shape, body, type } = await readArray(file, 1, [unsignedByte, int32])
  if (type === unsignedByte) return { shape, values: body }
  return { shape, values: Int32Array.from({ length: body.length / 4 }, (_, at) => body.readInt32BE(4 * at)) }
}

async function readArray(
  file: string,
  dimensions: number,
  types: readonly number[],
): Promise<{ shape: number[]; type: number; body: Buffer }> {
  const bytes = await readBytes(file)
  const header = 4 + 4 * dimensions
  if (bytes.length < header) {
    throw malformed(file, `byte ${bytes.length}`, `the header of ${header} bytes is cut off`)
  }
  const type = bytes[2] ?? 0
  if (bytes.readUInt16BE(0) !== 0 || !types.includes(type) || bytes[3] !== dimensions) {
    const magic = bytes.subarray(0, 4).toString('hex')
    throw malformed(file, 'byte 0', `the magic number is 0x${magic}, not 0x0000080${dimensions}`)
  }
  const shape = Array.from({ length: dimensions }, (_, index) => bytes.readUInt32BE(4 + 4 * index))
  const size = shape.reduce((product, side) => product * side, type === int32 ? 4 : 1)
  if (bytes.length - header !== size) {
    const place = `byte ${Math.min(bytes.length, header + size)}`
    throw malformed(
      file,
      place,
      `${shape.join(' x ')} needs ${size} bytes, ${bytes.length - header} are there`,
    )
  }
  return { shape, type, body: bytes.subarray(header) }
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
