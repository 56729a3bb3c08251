import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { CompressionCodec, Compressors } from 'hyparquet'
import { decompressLz4, decompressLz4Raw, decompressSnappy, decompressZstd } from 'hyparquet-compressors'

/** Writers make pages of 1 MiB, but a picture is never divided. */
export const largestPage = 256 * 2 ** 20

type Decompress = (input: Uint8Array, length: number) => Uint8Array

/** None of them writes more than it was told to. */
const decompressors: Partial<Record<CompressionCodec, Decompress>> = {
  UNCOMPRESSED: (input) => input,
  SNAPPY: (input, length) => decompressSnappy(input, length),
  GZIP: (input, maxOutputLength) => gunzipSync(input, { maxOutputLength: Math.max(1, maxOutputLength) }),
  BROTLI: (input, maxOutputLength) =>
    brotliDecompressSync(input, { maxOutputLength: Math.max(1, maxOutputLength) }),
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  LZ4: (input, length) => decompressLz4(input, length),
  LZ4_RAW: (input, length) => decompressLz4Raw(input, length),
}

/** What hyparquet unpacks pages with. */
export const compressors: Compressors = decompressors

/** @throws Error where the bytes are none of the codec, or are not of the length that they should have */
export function decompressPage(bytes: Uint8Array, length: number, codec: CompressionCodec): Uint8Array {
  const decompress = decompressors[codec]
  if (!decompress) throw new Error(`the compression ${codec} is not read`)
  const page = decompress(bytes, length)
  if (page.length !== length) throw new Error(`a page unpacks to ${page.length} bytes, not ${length}`)
  return page
}
