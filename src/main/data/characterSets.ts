/** Sets of characters that made training data can be asked for by name. */
const sets: Readonly<Record<string, () => string[]>> = {
  kana,
  jamo,
  hangul: () => [...jamo(), ...syllables()],
  hanzi: () => gb2312(16, 55),
}

/** The characters of a set; or, where there is no set of that name, each character of the text itself. */
export function charactersOf(nameOrCharacters: string): readonly string[] {
  return sets[nameOrCharacters]?.() ?? [...new Set(nameOrCharacters)]
}

/** Hiragana and katakana as they are written today: with marks, small forms, and the sign of a long vowel. */
function kana(): string[] {
  const hiragana = range(0x3041, 0x3094)
  const katakana = range(0x30a1, 0x30f4)
  return [...hiragana, ...katakana, 'ー']
}

/** The letters of Hangul alone, single and doubled, as they stand in a dictionary. */
function jamo(): string[] {
  const doubledFinals = new Set('ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ')
  return range(0x3131, 0x3163).filter((letter) => !doubledFinals.has(letter))
}

/** The 2,350 syllables of KS X 1001, rows 16 to 40. */
function syllables(): string[] {
  return decodeRows('euc-kr', 16, 40)
}

/** Rows of GB 2312; 16 to 55 are its level 1, the 3,755 characters in daily use. */
function gb2312(firstRow: number, lastRow: number): string[] {
  return decodeRows('gb2312', firstRow, lastRow)
}

/** All that is assigned in some rows of 94 characters of a double-byte code. */
function decodeRows(encoding: string, firstRow: number, lastRow: number): string[] {
  const decoder = new TextDecoder(encoding)
  const characters: string[] = []
  for (let row = firstRow; row <= lastRow; row++) {
    for (let cell = 1; cell <= 94; cell++) {
      const character = decoder.decode(Uint8Array.of(0xa0 + row, 0xa0 + cell))
      // What a row has no character for lies in the private use area, or is replaced.
      if (!/[\ufffd\ue000-\uf8ff]/.test(character)) characters.push(character)
    }
  }
  return characters
}

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))
}
