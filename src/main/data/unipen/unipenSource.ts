import { join } from 'node:path'
import { AppError } from '../../../shared/errors/appError'
import { checkInk } from '../checkInk'
import { malformed, messageOf } from '../dataErrors'
import { filesBelow } from '../files/filesBelow'
import { firstBytes, isFolder } from '../files/fileKind'
import { readOrLeaveOut } from '../leaveOut'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { unipenLines, type UnipenLine } from './unipenLines'
import { SegmentError, UnipenReader } from './unipenReader'

type Place = Pick<UnipenLine, 'file' | 'number'>

/** The characters of a UNIPEN file, or of all in a folder, with what they include. See unipenReader.ts. */
export function unipenSource(path: string): SampleSource {
  return { about: null, fitted: false, read: (signal, notes) => read(path, signal, notes) }
}

async function* read(path: string, signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample> {
  if (await isFolder(path)) {
    const members = await filesBelow(path, (name) => /\.(dat|unp|unipen)$/i.test(name), signal)
    for (const member of members) yield* readOne(join(path, member), signal, notes)
    return
  }
  if ((await firstBytes(path, 1)).length === 0) throw new AppError('file-empty', { file: path })
  yield* readOne(path, signal, notes)
}

async function* readOne(file: string, signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample> {
  const reader = new UnipenReader<Place>()
  let place: Place = { file, number: 1 }
  try {
    for await (const line of unipenLines(file, signal)) {
      place = line
      reader.read(line.text.trimEnd(), { file: line.file, number: line.number })
    }
    for (const { label, writer, strokes, place: segment } of reader.end()) {
      const at = `line ${segment.number}`
      const sample = readOrLeaveOut(notes, (): SourceSample => {
        const ink = checkInk(strokes, segment.file, at)
        return { kind: 'ink', label: checkLabel(label, segment.file, at), writer, ink }
      })
      if (sample) yield sample
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const at = cause instanceof SegmentError ? (cause.place as Place) : place
    throw malformed(at.file, `line ${at.number}`, messageOf(cause), cause)
  }
}
