import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { readingsAsCsv, readingsAsJson, readingsAsText } from '../../shared/recognition/page/exportReadings'
import type { ReadDocument } from '../../shared/recognition/page/readDocument'
import type { ReadingsSoFar } from './readingsSoFar'
import type { Session } from './session'
import { UsageError } from './usageError'
import { writeOutput } from './writeOutput'

const formats = ['csv', 'json', 'txt', 'pdf'] as const
type ReadingFormat = (typeof formats)[number]

/** By the name's end. */
export function formatOf(out: string): ReadingFormat {
  const end = extname(out).slice(1).toLowerCase()
  const format = formats.find((known) => known === end)
  if (!format)
    throw new UsageError(`--out is written as its name ends: ${formats.map((each) => `.${each}`).join(', ')}`)
  return format
}

/** Writes what was read; all of it or nothing. @throws AppError 'file-exists', 'file-unwritable' */
export async function writeReadings(
  out: string,
  format: ReadingFormat,
  documents: readonly ReadDocument[],
  { force, session, soFar }: { force: boolean; session: Session; soFar: ReadingsSoFar },
): Promise<void> {
  const content = await contentOf(format, documents, session, soFar)
  await writeOutput(out, (part) => writeFile(part, content), force)
}

async function contentOf(
  format: ReadingFormat,
  documents: readonly ReadDocument[],
  { client, environment }: Session,
  soFar: ReadingsSoFar,
): Promise<string | Uint8Array> {
  if (format === 'csv') return readingsAsCsv(documents)
  if (format === 'json') return readingsAsJson(documents)
  if (format === 'txt') return readingsAsText(documents)
  const pages = await Promise.all(
    documents.map(async ({ file, width, height, lines }) => ({
      page: await soFar.page(file),
      width,
      height,
      lines,
    })),
  )
  const { pdf } = await client.pages.searchablePdf({ pages }, { signal: environment.interrupted })
  return pdf
}
