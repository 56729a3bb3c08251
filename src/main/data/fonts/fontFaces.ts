import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import { filesBelow } from '../files/filesBelow'
import { unpackWoff } from './unpackWoff'

/** One file of a font: all of it, or the part that holds a range of characters. */
export interface FontFile {
  readonly file: string
  /** The face that it belongs to, by the name that it gives itself. */
  readonly face: string
  readonly font: Font
}

/**
 * The font files below a folder, one after the other. A WOFF2 beside a WOFF of the same name is the same once
 * more, and slower to read, as it must be unpacked as a whole.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'data-malformed', 'cancelled'
 */
export async function* fontFiles(folder: string, signal?: AbortSignal): AsyncGenerator<FontFile> {
  const members = await filesBelow(folder, (member) => /\.(woff2?|ttf|otf)$/i.test(member), signal)
  const all = new Set(members)
  for (const member of members) {
    throwIfAborted(signal)
    if (/\.woff2$/i.test(member) && all.has(member.slice(0, -1))) continue
    const file = join(folder, member)
    const font = await open(file)
    yield { file, face: font.postscriptName || member, font }
  }
}

async function open(file: string): Promise<Font> {
  const bytes = await readFile(file)
  try {
    const font = create(unpackWoff(bytes))
    if ('getVariation' in font) return font
  } catch (cause) {
    throw malformed(file, 'byte 0', `it is no font: ${messageOf(cause)}`, cause)
  }
  throw malformed(file, 'byte 0', 'it is a collection of fonts, where one is read')
}
