import type { CompressionCodec, PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { checkThrift } from './checkThrift'
import { decompressPage, largestPage } from './compressors'

/** What is told of a column's chunk elsewhere in the file. */
export interface ChunkFacts {
  readonly codec: CompressionCodec
  /** Of its row group. */
  readonly rows: number
  /** How many of the elements on the way to the column may be missing. */
  readonly maxDefinition: number
}

const encodings = ['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY']

/**
 * Walks the pages of a column's chunk before it is read: sizes within the chunk, no more values than rows, and runs of levels
 * and of dictionary indices that stay within the values. The library that reads them takes each run's word for its length.
 *
 * @throws Error
 */
export function checkPages(chunk: Uint8Array, { codec, rows, maxDefinition }: ChunkFacts): void {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  let seen = 0
  for (let at = 0; seen < rows;) {
    if (at >= chunk.length) throw new Error(`its pages hold ${seen} values for ${rows} rows`)
    const end = checkThrift(chunk, at)
    const header = parquetHeader({ view, offset: at })
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header
    if (!(packed >= 0 && packed <= chunk.length - end)) throw new Error('a page is cut off')
    if (!(unpacked >= 0 && unpacked <= largestPage))
      throw new Error(`a page of ${unpacked} bytes is not read`)
    const page = chunk.subarray(end, end + packed)
    seen += checkPage(header, page, { codec, rows: rows - seen, maxDefinition })
    at = end + packed
  }
}

/** @returns how many values the page holds */
function checkPage(header: PageHeader, page: Uint8Array, { codec, rows, maxDefinition }: ChunkFacts): number {
  const { type, uncompressed_page_size: unpacked } = header
  if (type === 'DICTIONARY_PAGE') {
    const values = header.dictionary_page_header?.num_values ?? -1
    if (!(values >= 0 && values <= unpacked))
      throw new Error(`a dictionary of ${values} values in ${unpacked} bytes`)
    return 0
  }
  const bits = 32 - Math.clz32(maxDefinition)
  if (type === 'DATA_PAGE' && header.data_page_header) {
    const { num_values: values, encoding } = header.data_page_header
    checkCounts(values, rows, encoding)
    const content = decompressPage(page, unpacked, codec)
    let at = 0
    if (maxDefinition > 0) {
      const length = new DataView(content.buffer, content.byteOffset, content.length).getUint32(0, true)
      if (length > content.length - 4) throw new Error('the levels of a page are cut off')
      checkRuns(content.subarray(4, 4 + length), bits, values)
      at = 4 + length
    }
    if (encoding !== 'PLAIN') checkIndices(content.subarray(at), values)
    return values
  }
  if (type === 'DATA_PAGE_V2' && header.data_page_header_v2) {
    const levels = header.data_page_header_v2
    const { num_values: values, encoding, num_nulls: nulls } = levels
    checkCounts(values, rows, encoding)
    const length = levels.definition_levels_byte_length
    if (levels.repetition_levels_byte_length !== 0) throw new Error('lists are not read')
    if (!(length >= 0 && length <= Math.min(page.length, unpacked)))
      throw new Error('the levels of a page are cut off')
    if (!(nulls >= 0 && nulls <= values)) throw new Error(`${nulls} of ${values} values are missing`)
    if (maxDefinition > 0) checkRuns(page.subarray(0, length), bits, values)
    const rest = page.subarray(length)
    const content = levels.is_compressed === false ? rest : decompressPage(rest, unpacked - length, codec)
    if (encoding !== 'PLAIN') checkIndices(content, values)
    return values
  }
  throw new Error(`a page of the kind ${type} is not read`)
}

function checkCounts(values: number, rows: number, encoding: string): void {
  if (!(values >= 0 && values <= rows))
    throw new Error(`a page of ${values} values, where ${rows} rows are left`)
  if (!encodings.includes(encoding)) throw new Error(`the encoding ${encoding} is not read`)
}

function checkIndices(content: Uint8Array, values: number): void {
  const [bits] = content
  if (values === 0) return
  if (bits === undefined || bits > 31) throw new Error('the indices of a page are cut off')
  if (bits > 0) checkRuns(content.subarray(1), bits, values)
}

/** The hybrid of runs and packed bits (https://parquet.apache.org/docs/file-format/data-pages/encodings/). */
function checkRuns(bytes: Uint8Array, bits: number, values: number): void {
  let at = 0
  for (let seen = 0; seen < values && at < bytes.length;) {
    let head = 0
    for (let digit = 0; ; digit++) {
      const part = bytes[at++]
      if (part === undefined || digit === 5) throw new Error('a run is cut off')
      head += (part & 0x7f) * 2 ** (7 * digit)
      if (part < 0x80) break
    }
    const count = Math.floor(head / 2)
    const packed = head % 2 === 1
    const holds = packed ? 8 * count : count
    // Packed bits come in eights, of which the last may be padding.
    if (holds === 0 || holds > values - seen + (packed ? 7 : 0)) {
      throw new Error(`a run of ${holds} values, where ${values - seen} are left`)
    }
    at += packed ? count * bits : Math.ceil(bits / 8)
    seen += holds
  }
}
