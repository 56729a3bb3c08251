import { AppError } from '../../../shared/errors/appError'
import { parseCard, type DatasetCard } from '../card/datasetCard'
import { checkInk } from '../checkInk'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { foundFiles, type FoundFile } from '../files/archiveFiles'
import { decodeText } from '../files/decodeText'
import { firstBytes, isFolder } from '../files/fileKind'
import { readOrLeaveOut } from '../leaveOut'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { InkmlReader, type LabelledTraces } from './inkmlReader'

/** The type of the annotation that holds a card of ours. */
export const cardAnnotation = 'longhand-dataset'
/** How far into a file its card is looked for. */
const headBytes = 2 ** 20

/** Ink as InkML (W3C Recommendation of 2011-09-20): one file, or those in a folder or a ZIP. See inkmlReader.ts. */
export async function openInkmlSource(path: string): Promise<SampleSource> {
  const about = (await isFolder(path)) ? null : cardIn((await firstBytes(path, headBytes)).toString('utf8'))
  return { about, fitted: false, read: (signal, notes) => read(path, signal, notes) }
}

async function* read(path: string, signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample> {
  for await (const found of foundFiles(path, /\.(inkml|ink|xml)$/i, signal))
    yield* readFound(found, signal, notes)
}

async function* readFound(
  found: FoundFile,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample> {
  const { file, prefix } = found
  const reader = new InkmlReader()
  const place = (line: number): string => `${prefix}line ${line}`
  const toSamples = (found: readonly LabelledTraces[]): SourceSample[] =>
    found
      .map(({ label, writer, strokes, line }) =>
        readOrLeaveOut(notes, (): SourceSample => {
          const ink = checkInk(strokes, file, place(line))
          return { kind: 'ink', label: checkLabel(label, file, place(line)), writer, ink }
        }),
      )
      .filter((sample) => sample !== null)
  try {
    for await (const text of decodeText(found.bytes)) {
      throwIfAborted(signal)
      // In pieces, so that a text without an end is noticed before all of it is held.
      for (let from = 0; from < text.length; from += 65_536) {
        yield* toSamples(reader.read(text.slice(from, from + 65_536)))
      }
    }
    yield* toSamples(reader.end())
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(file, place(reader.line), messageOf(cause), cause)
  }
}

function cardIn(head: string): DatasetCard | null {
  const [, text] = new RegExp(`<annotation type="${cardAnnotation}">([^<]*)</annotation>`).exec(head) ?? []
  if (text === undefined) return null
  return parseCard(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
}
