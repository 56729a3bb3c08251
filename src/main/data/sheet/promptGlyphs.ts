import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'

/** The outline of a text. */
export interface PromptGlyphs {
  /** SVG paths in the font's units, y upwards, each with its place on the line. */
  readonly outlines: readonly { readonly path: string; readonly x: number }[]
  readonly unitsPerEm: number
}

/**
 * Outlines of characters for print, from Noto Sans SC, which comes in a hundred files by ranges of characters. The PDF's own
 * fonts know Latin alone, and the system's are anybody's guess.
 */
export class PromptFont {
  readonly #folder = dirname(
    createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
  )
  #ranges: Promise<[name: string, ranges: string][]> | null = null
  readonly #fonts = new Map<string, Promise<Font>>()

  /** Null where the font lacks a character. */
  async glyphsOf(text: string): Promise<PromptGlyphs | null> {
    const outlines: { path: string; x: number }[] = []
    let x = 0
    let unitsPerEm = 1000
    for (const character of text) {
      const font = await this.#fontOf(character.codePointAt(0) ?? 0)
      if (font === null) return null
      const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0)
      outlines.push({ path: glyph.path.toSVG(), x })
      x += glyph.advanceWidth
      unitsPerEm = font.unitsPerEm
    }
    return { outlines, unitsPerEm }
  }

  async #fontOf(point: number): Promise<Font | null> {
    this.#ranges ??= readFile(join(this.#folder, 'unicode.json'), 'utf8').then((json) =>
      Object.entries(JSON.parse(json) as Record<string, string>),
    )
    for (const [name, ranges] of await this.#ranges) {
      if (!ranges.split(',').some((range) => holds(range, point))) continue
      const font = await this.#open(name.replace(/[[\]]/g, ''))
      if (font.hasGlyphForCodePoint(point)) return font
    }
    return null
  }

  #open(name: string): Promise<Font> {
    const known = this.#fonts.get(name)
    if (known) return known
    const file = join(this.#folder, 'files', `noto-sans-sc-${name}-wght-normal.woff2`)
    const opened = readFile(file).then((bytes) => {
      const font = create(bytes)
      if (!('getVariation' in font)) throw new Error(`${file} is no single font`)
      return font
    })
    this.#fonts.set(name, opened)
    return opened
  }
}

/** Whether a range as in CSS ("U+4e00-9fff", "U+30") holds a character. */
function holds(range: string, point: number): boolean {
  const [from = '', to = from] = range.replace(/^U\+/i, '').split('-')
  return point >= Number.parseInt(from, 16) && point <= Number.parseInt(to, 16)
}
