import type { Font } from 'fontkit'
import { charactersOf } from '../characterSets'
import { malformed, messageOf, throwIfAborted } from '../dataErrors'
import type { SampleSource, SourceSample } from '../sampleSource'
import { fontFiles, type FontFile } from './fontFaces'
import { glyphInk } from './glyphInk'

/** Outlines that are drawn at the same time; sharp has its own threads. */
const drawnAtOnce = 8

/**
 * Handwriting fonts as made data: each character of each face becomes ink along the middle lines of its outline, which can be
 * bent, and drawn by any pen. The face takes the writer's place.
 *
 * @param folders with font files in them or below, as packages of fonts have them
 * @param characters the name of a set, or the characters themselves; null for all that a font has
 */
export function fontsSource(folders: readonly string[], characters: string | null): SampleSource {
  return { about: null, fitted: false, read: (signal) => read(folders, characters, signal) }
}

async function* read(
  folders: readonly string[],
  characters: string | null,
  signal?: AbortSignal,
): AsyncGenerator<SourceSample> {
  const wanted = characters === null ? null : charactersOf(characters)
  // The files of one face share characters; each is taken once.
  const seen = new Set<string>()
  for (const folder of folders) {
    for await (const file of fontFiles(folder, signal)) {
      const has = (character: string): boolean => {
        const key = `${file.face} ${character}`
        if (seen.has(key) || !file.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false
        seen.add(key)
        return true
      }
      const characters = (wanted ?? lettersOf(file.font)).filter(has)
      for (let start = 0; start < characters.length; start += drawnAtOnce) {
        throwIfAborted(signal)
        const batch = characters.slice(start, start + drawnAtOnce)
        const inks = await Promise.all(batch.map((character) => inkOf(file, character)))
        for (const [at, label] of batch.entries()) {
          const ink = inks[at]
          if (ink) yield { kind: 'ink', label, writer: file.face, ink }
        }
      }
    }
  }
}

async function inkOf({ file, font }: FontFile, character: string): ReturnType<typeof glyphInk> {
  try {
    const { path } = font.glyphForCodePoint(character.codePointAt(0) ?? 0)
    return await glyphInk({ path: path.toSVG(), ...path.bbox })
  } catch (cause) {
    throw malformed(file, `the glyph of ${character}`, messageOf(cause), cause)
  }
}

/** What a font shows of letters, digits, signs and symbols. */
function lettersOf(font: Font): string[] {
  return font.characterSet
    .map((point) => String.fromCodePoint(point))
    .filter((character) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(character))
}
