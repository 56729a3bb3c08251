import { AppError } from '../../../shared/errors/appError'
import type { Raster } from '../../../shared/image/raster'
import { malformed } from '../dataErrors'
import { evenPolarity } from '../evenPolarity'
import { firstBytes } from '../files/fileKind'
import { readLines } from '../files/readLines'
import { leaveOut, readOrLeaveOut } from '../leaveOut'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { findDelimiter, findLayout, isHeader, isNumber, probedRows, type CsvLayout } from './csvLayout'
import { splitFields } from './splitFields'

/** Fields a row may have: a picture of 1024 x 1024 and its label. */
const mostFields = 1024 * 1024 + 1

interface Row {
  readonly line: number
  readonly fields: string[]
}

/**
 * A CSV of pixels, gzipped or not: a label and a square picture a row, as Kaggle's MNIST. With or without a row of names,
 * label first or last, pixels in 0..255 or in 0..1, in either polarity; comma, semicolon or tab.
 */
export function csvSource(file: string): SampleSource {
  return {
    about: null,
    fitted: true,
    read: (signal, notes) => evenPolarity(readPictures(file, signal, notes), notes),
  }
}

async function* readPictures(
  file: string,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample & { kind: 'picture' }> {
  if ((await firstBytes(file, 1)).length === 0) throw new AppError('file-empty', { file })
  let header: string[] | null = null
  let layout: CsvLayout | null = null
  const probe: Row[] = []
  for await (const row of readRows(file, signal)) {
    if (header === null && layout === null && probe.length === 0 && isHeader(row.fields)) {
      header = row.fields
      continue
    }
    const width = (probe[0]?.fields ?? header)?.length ?? row.fields.length
    const expected = layout ? layout.side ** 2 + 1 : width
    if (row.fields.length !== expected) {
      const detail = `${row.fields.length} fields, where ${expected} are expected`
      leaveOut(notes, malformed(file, `line ${row.line}`, detail))
      continue
    }
    if (layout !== null) {
      yield* samplesOf([row], layout, file, notes)
      continue
    }
    probe.push(row)
    if (probe.length < probedRows) continue
    layout = layoutOf(file, header, probe)
    yield* samplesOf(probe, layout, file, notes)
  }
  if (layout !== null || probe.length === 0) return
  yield* samplesOf(probe, layoutOf(file, header, probe), file, notes)
}

function* samplesOf(
  rows: readonly Row[],
  layout: CsvLayout,
  file: string,
  notes: ReadNotes | undefined,
): Generator<SourceSample & { kind: 'picture' }> {
  for (const row of rows) {
    const sample = readOrLeaveOut(notes, () => sampleOf(row, layout, file))
    if (sample) yield sample
  }
}

async function* readRows(file: string, signal?: AbortSignal): AsyncGenerator<Row> {
  let delimiter: string | null = null
  for await (const { number, text } of readLines(file, signal)) {
    const line = number === 1 ? text.replace(/^\uFEFF/, '') : text
    if (line.trim() === '') continue
    delimiter ??= findDelimiter(line)
    const fields = splitFields(line.replace(/\r$/, ''), delimiter)
    if (fields === null) throw malformed(file, `line ${number}`, 'a quote is not closed')
    if (fields.length > mostFields) throw malformed(file, `line ${number}`, `more than ${mostFields} fields`)
    yield { line: number, fields }
  }
}

function layoutOf(file: string, header: readonly string[] | null, probe: readonly Row[]): CsvLayout {
  const layout = findLayout(
    header,
    probe.map(({ fields }) => fields),
  )
  if (typeof layout === 'string') throw malformed(file, `line ${probe[0]?.line ?? 1}`, layout)
  return layout
}

function sampleOf(
  { line, fields }: Row,
  layout: CsvLayout,
  file: string,
): SourceSample & { kind: 'picture' } {
  const { side, scale } = layout
  const first = layout.label === 'first'
  const place = `line ${line}`
  const text = (first ? fields[0] : fields.at(-1))?.trim() ?? ''
  // What a table program made of a digit: 5.0
  const label = checkLabel(text.replace(/^(\d+)\.0+$/, '$1'), file, place)
  const picture: Raster = { width: side, height: side, pixels: new Uint8Array(side * side) }
  for (let at = 0; at < picture.pixels.length; at++) {
    const field = fields[at + (first ? 1 : 0)] ?? ''
    const value = isNumber(field) ? Number(field) * scale : NaN
    if (!(value >= 0 && value <= 255)) {
      const column = at + (first ? 2 : 1)
      const range = scale === 1 ? '0 to 255' : '0 to 1, as the pixels before it'
      throw malformed(file, `${place}, column ${column}`, `"${field.slice(0, 32)}" is no pixel of ${range}`)
    }
    picture.pixels[at] = Math.round(value)
  }
  return { kind: 'picture', label, writer: null, picture }
}
