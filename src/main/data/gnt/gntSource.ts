import { basename } from 'node:path'
import { TextDecoder } from 'node:util'
import { AppError } from '../../../shared/errors/appError'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { foundFiles, type FoundFile } from '../files/archiveFiles'
import { readOrLeaveOut } from '../leaveOut'
import { checkLabel } from '../sampleLabel'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { ByteReader } from './byteReader'

/** Bytes before the bitmap: size, tag, width, height. */
const header = 10
/** The characters of CASIA-HWDB have some 100 to 300 pixels a side. */
const largestSide = 4096
const largestPicture = 4 * 2 ** 20

/**
 * CASIA-HWDB's .gnt (http://www.nlpr.ia.ac.cn/databases/handwriting/Download.html): one file, or those in a folder or a ZIP,
 * each by one writer. A sample is its size in bytes (32-bit), the character in GBK (2 bytes), width and height (16-bit, all
 * little-endian), and a grey bitmap, dark on 255.
 */
export function gntSource(path: string): SampleSource {
  return { about: null, fitted: false, read: (signal, notes) => read(path, signal, notes) }
}

async function* read(path: string, signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample> {
  for await (const found of foundFiles(path, /\.gnt$/i, signal)) yield* readFound(found, signal, notes)
}

async function* readFound(
  found: FoundFile,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample> {
  const { file, member, prefix } = found
  // A file of a set is one writer's, and has the writer's number for its name.
  const writer = member === null ? null : basename(member).replace(/\.gnt$/i, '')
  const decoder = new TextDecoder('gbk', { fatal: true })
  const reader = new ByteReader(found.bytes)
  const place = (at: number): string => `${prefix}byte ${at}`
  try {
    for (;;) {
      throwIfAborted(signal)
      const start = reader.offset
      const head = await reader.read(header)
      if (head.length === 0) return
      if (head.length < header) throw malformed(file, place(start), 'the header of a sample is cut off')
      const [size, width, height] = [head.readUInt32LE(0), head.readUInt16LE(6), head.readUInt16LE(8)]
      const pixels = width * height
      const fits = width > 0 && height > 0 && Math.max(width, height) <= largestSide
      if (!fits || pixels > largestPicture || size !== header + pixels) {
        throw malformed(file, place(start), `${width} x ${height} pixels in a sample of ${size} bytes`)
      }
      const label = readOrLeaveOut(notes, () =>
        checkLabel(decodeTag(decoder, head.subarray(4, 6)) ?? '', file, place(start + 4)),
      )
      const bitmap = await reader.read(pixels)
      if (bitmap.length < pixels) throw malformed(file, place(reader.offset), 'a bitmap is cut off')
      if (label === null) continue
      const ink = Uint8Array.from(bitmap, (value) => 255 - value)
      yield { kind: 'picture', label, writer, picture: { width, height, pixels: ink } }
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw malformed(file, place(reader.offset), messageOf(cause), cause)
  } finally {
    await reader.close()
  }
}

/** A character of one byte has a zero for its second; null for two bytes that are none. */
function decodeTag(decoder: TextDecoder, tag: Buffer): string | null {
  const [first = 0, second = 0] = tag
  try {
    if (second === 0) return first > 0x20 && first < 0x7f ? String.fromCharCode(first) : null
    const text = decoder.decode(tag)
    return Array.from(text).length === 1 ? text : null
  } catch {
    return null
  }
}
