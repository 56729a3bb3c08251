import type { PageLine } from './pageReading'

/** A word, and the smallest box around its characters. */
export interface PlacedWord {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The words of lines, parted at what was read as spaces. */
export function wordsOf(lines: readonly Pick<PageLine, 'characters'>[]): PlacedWord[] {
  return lines.flatMap(({ characters }) => {
    const words: PlacedWord[] = []
    for (const { box, label, spaceBefore } of characters) {
      const last = words.at(-1)
      if (!last || spaceBefore) words.push({ text: label, ...box })
      else words[words.length - 1] = join(last, { text: label, ...box })
    }
    return words
  })
}

function join(word: PlacedWord, next: PlacedWord): PlacedWord {
  const x = Math.min(word.x, next.x)
  const y = Math.min(word.y, next.y)
  return {
    text: word.text + next.text,
    x,
    y,
    width: Math.max(word.x + word.width, next.x + next.width) - x,
    height: Math.max(word.y + word.height, next.y + next.height) - y,
  }
}
