import { AppError } from '../../../shared/errors/appError'
import { parseCard } from '../card/datasetCard'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { evenPolarity } from '../evenPolarity'
import { leaveOut } from '../leaveOut'
import { readGrey } from '../pictures/readPicture'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { findColumns, metadataValue, type Columns } from './findColumns'
import { ParquetFile } from './parquetFile'

/** Where the file's own metadata holds a card of ours. */
export const cardKey = 'longhand-dataset'
/** Pictures that are decoded at the same time; sharp has its own threads. */
const decodedAtOnce = 16
const largestPicture = 64 * 2 ** 20

type PictureSample = SourceSample & { kind: 'picture' }

/** Pictures with labels in a Parquet file, as Hugging Face's `datasets` writes them; read one row group at a time. */
export async function openParquetSource(file: string): Promise<SampleSource> {
  const card = await inFile(file, ({ metadata }) => parseCard(metadataValue(metadata, cardKey) ?? ''))
  const read = (signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<PictureSample> => {
    const samples = readSamples(file, signal, notes)
    // What we wrote is upright: to judge it again could only be wrong.
    return card ? samples : evenPolarity(samples, notes)
  }
  return { about: card, fitted: true, read }
}

async function* readSamples(
  file: string,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<PictureSample> {
  throwIfAborted(signal)
  let place = 'the footer'
  let parquet: ParquetFile | null = null
  try {
    parquet = await ParquetFile.open(file)
    const columns = findColumns(parquet.metadata)
    if (typeof columns === 'string') throw malformed(file, place, columns)
    const { picture, label, writer } = columns
    const wanted = [picture, label, ...(writer === null ? [] : [writer])]
    let before = 0
    for (let group = 0; group < parquet.metadata.row_groups.length; group++) {
      throwIfAborted(signal)
      place = `row group ${group}`
      const rows = await parquet.readGroup(group, wanted)
      for (let from = 0; from < rows.length; from += decodedAtOnce) {
        const batch = rows.slice(from, from + decodedAtOnce)
        const first = before + from
        const samples = await Promise.all(
          batch.map((row, at) =>
            sampleOf(row, columns, file, first + at).catch((error: unknown) => leaveOut(notes, error)),
          ),
        )
        yield* samples.filter((sample) => sample !== undefined)
        throwIfAborted(signal)
      }
      before += rows.length
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(file, place, messageOf(cause), cause)
  } finally {
    await parquet?.close()
  }
}

async function inFile<T>(file: string, work: (parquet: ParquetFile) => T): Promise<T> {
  let parquet: ParquetFile | null = null
  try {
    parquet = await ParquetFile.open(file)
    return work(parquet)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(file, 'the footer', messageOf(cause), cause)
  } finally {
    await parquet?.close()
  }
}

async function sampleOf(
  row: Record<string, unknown>,
  columns: Columns,
  file: string,
  index: number,
): Promise<PictureSample> {
  const place = `row ${index}`
  const cell = row[columns.picture]
  const bytes = columns.nested ? fieldOf(cell, 'bytes') : cell
  if (!(bytes instanceof Uint8Array)) throw malformed(file, place, 'the picture is not in the file')
  if (bytes.length > largestPicture) throw malformed(file, place, `a picture of ${bytes.length} bytes`)
  const number = row[columns.label]
  const named = columns.names === null ? textOf(number) : columns.names[Number(number)]
  if (named === undefined) throw malformed(file, place, `the label number ${String(number)} has no name`)
  const label = checkLabel(named ?? '', file, place)
  const writer = columns.writer === null ? null : textOf(row[columns.writer])
  return { kind: 'picture', label, writer, picture: await decode(bytes, file, place) }
}

async function decode(bytes: Uint8Array, file: string, place: string) {
  try {
    return await readGrey(bytes, place)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const { code, data } = cause as AppError
    throw malformed(file, place, 'detail' in data ? data.detail : code, cause)
  }
}

function fieldOf(cell: unknown, name: string): unknown {
  return typeof cell === 'object' && cell !== null
    ? Object.getOwnPropertyDescriptor(cell, name)?.value
    : undefined
}

function textOf(cell: unknown): string | null {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell)
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : null
}
