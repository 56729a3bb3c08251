import type { Shape } from '../graph/shape'
import { sizeOf } from '../graph/shape'

/** A named tensor of 32-bit floats. */
export interface NamedTensor {
  readonly name: string
  readonly shape: Shape
  readonly data: Float32Array
}

/**
 * The safetensors format (https://github.com/huggingface/safetensors): the header's length (8 bytes, little-endian), the
 * header as JSON, then the values. Longhand writes and reads F32 only.
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Record<string, string> = {},
): Uint8Array {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const { name, shape, data } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // The values start at a multiple of 8; the format allows blanks after the header.
  const padded = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(json, 8)
  let end = 8 + padded
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end)
    end += data.byteLength
  }
  return bytes
}

/** Reads what encodeSafetensors wrote; throws, saying what is wrong, on anything cut or inconsistent. */
export function decodeSafetensors(bytes: Uint8Array): NamedTensor[] {
  if (bytes.length < 8) throw new Error('the file is cut within its first 8 bytes')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = Number(view.getBigUint64(0, true))
  if (headerLength > bytes.length - 8) throw new Error('the file is cut within its header')
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))
  if (typeof header !== 'object' || header === null) throw new Error('the header is no object')
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readTensor(name, entry, bytes.subarray(8 + headerLength)))
}

function readTensor(name: string, entry: unknown, values: Uint8Array): NamedTensor {
  if (!isEntry(entry)) throw new Error(`the entry of ${name} is malformed`)
  const [start, end] = entry.data_offsets
  if (end - start !== sizeOf(entry.shape) * 4 || end > values.length || start < 0) {
    throw new Error(`the values of ${name} are cut`)
  }
  const data = new Float32Array((end - start) / 4)
  new Uint8Array(data.buffer).set(values.subarray(start, end))
  return { name, shape: entry.shape, data }
}

function isEntry(entry: unknown): entry is { shape: number[]; data_offsets: [number, number] } {
  const isNumbers = (list: unknown): boolean =>
    Array.isArray(list) && list.every((item) => Number.isSafeInteger(item) && item >= 0)
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'dtype' in entry &&
    entry.dtype === 'F32' &&
    'shape' in entry &&
    isNumbers(entry.shape) &&
    'data_offsets' in entry &&
    isNumbers(entry.data_offsets)
  )
}
