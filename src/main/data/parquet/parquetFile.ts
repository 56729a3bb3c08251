import { open, type FileHandle } from 'node:fs/promises'
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import type { AsyncBuffer, ColumnMetaData, FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import { AppError } from '../../../shared/errors/appError'
import { fileError } from '../dataErrors'
import { checkPages } from './checkPages'
import { checkThrift } from './checkThrift'
import { compressors } from './compressors'

const limits = {
  /** A footer of a hundred thousand row groups. */
  footer: 256 * 2 ** 20,
  schema: 10_000,
  rowsOfGroup: 2_000_000,
  bytesOfChunk: 2 ** 30,
} as const

/** A Parquet file that is open: its metadata, and its rows group by group. Whatever is wrong with it is an Error in words. */
export class ParquetFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly buffer: AsyncBuffer,
    readonly metadata: FileMetaData,
    private readonly schema: SchemaTree,
  ) {}

  /** @throws AppError 'file-missing', 'file-unreadable', 'file-empty'; Error */
  static async open(file: string): Promise<ParquetFile> {
    const handle = await open(file).catch((cause: unknown) => {
      throw fileError(file, cause)
    })
    try {
      const stat = await handle.stat().catch((cause: unknown) => {
        throw fileError(file, cause)
      })
      if (!stat.isFile()) throw new AppError('file-unreadable', { file, detail: 'it is no file' })
      if (stat.size === 0) throw new AppError('file-empty', { file })
      const buffer = { byteLength: stat.size, slice: slicer(handle, stat.size) }
      const metadata = await readMetadata(buffer)
      return new ParquetFile(handle, buffer, metadata, parquetSchema(metadata))
    } catch (cause) {
      await handle.close()
      throw cause
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** The rows of one group, after a look at all that the library takes the file's word for. */
  async readGroup(index: number, columns: readonly string[]): Promise<Record<string, unknown>[]> {
    const { row_groups: groups } = this.metadata
    const group = groups[index]
    if (!group) return []
    for (const { meta_data: chunk } of group.columns) {
      if (chunk && columns.includes(chunk.path_in_schema[0] ?? '')) await this.#checkChunk(chunk, group)
    }
    const rowStart = groups.slice(0, index).reduce((sum, { num_rows: rows }) => sum + Number(rows), 0)
    return parquetReadObjects({
      file: this.buffer,
      metadata: this.metadata,
      columns: [...columns],
      rowStart,
      rowEnd: rowStart + Number(group.num_rows),
      compressors,
      utf8: false,
      geoparquet: false,
    })
  }

  async #checkChunk(chunk: ColumnMetaData, group: RowGroup): Promise<void> {
    const name = chunk.path_in_schema.join('.')
    const path = [this.schema]
    for (const part of chunk.path_in_schema) {
      const child = path.at(-1)?.children.find(({ element }) => element.name === part)
      if (!child) throw new Error(`column ${name}: the schema does not name it`)
      path.push(child)
    }
    const kinds = path.slice(1).map(({ element }) => element.repetition_type)
    if (kinds.includes('REPEATED')) throw new Error(`column ${name}: lists are not read`)
    const maxDefinition = kinds.filter((kind) => kind === 'OPTIONAL').length
    // Some write 0 where there is no dictionary.
    const dictionary = Number(chunk.dictionary_page_offset ?? 0)
    const start = dictionary > 0 ? dictionary : Number(chunk.data_page_offset)
    const length = Number(chunk.total_compressed_size)
    if (!(start >= 4 && length > 0 && start + length <= this.buffer.byteLength)) {
      throw new Error(`column ${name}: its ${length} bytes at ${start} are not in the file`)
    }
    if (length > limits.bytesOfChunk)
      throw new Error(`column ${name}: a group of ${length} bytes is not read`)
    const bytes = new Uint8Array(await this.buffer.slice(start, start + length))
    try {
      checkPages(bytes, { codec: chunk.codec, rows: Number(group.num_rows), maxDefinition })
    } catch (cause) {
      throw new Error(`column ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
}

function slicer(handle: FileHandle, size: number) {
  return async (start: number, end = size): Promise<ArrayBuffer> => {
    if (!(start >= 0 && end >= start && end <= size))
      throw new Error(`bytes ${start} to ${end} are not in the file`)
    const bytes = new Uint8Array(end - start)
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at)
      if (bytesRead === 0) throw new Error('the file became shorter while it was read')
      at += bytesRead
    }
    return bytes.buffer
  }
}

async function readMetadata(buffer: AsyncBuffer): Promise<FileMetaData> {
  const { byteLength } = buffer
  const tail = byteLength < 12 ? null : Buffer.from(await buffer.slice(byteLength - 8, byteLength))
  if (tail?.toString('latin1', 4) !== 'PAR1') throw new Error('it does not end as a Parquet file does')
  const length = tail.readUInt32LE(0)
  if (length > Math.min(byteLength - 12, limits.footer))
    throw new Error(`a footer of ${length} bytes is not there`)
  const footer = await buffer.slice(byteLength - 8 - length, byteLength)
  checkThrift(new Uint8Array(footer, 0, length), 0)
  const metadata = parquetMetadata(footer, { geoparquet: false })
  if (metadata.schema.length > limits.schema) throw new Error(`a schema of ${metadata.schema.length} columns`)
  let rows = 0
  for (const [index, group] of metadata.row_groups.entries()) {
    const ofGroup = Number(group.num_rows)
    if (!(ofGroup >= 0 && ofGroup <= limits.rowsOfGroup))
      throw new Error(`row group ${index} of ${ofGroup} rows`)
    rows += ofGroup
  }
  if (BigInt(rows) !== metadata.num_rows) {
    throw new Error(`${metadata.num_rows} rows are promised, and the row groups have ${rows}`)
  }
  return metadata
}
