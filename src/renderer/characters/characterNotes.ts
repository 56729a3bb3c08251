/** What is told of a character to those who choose between some. */
export interface CharacterNote {
  /** In Mandarin, with its tone: "yǒng". */
  readonly pinyin: string
  readonly strokes: number
  readonly radical: string
  /** In English, as the Unihan database has it. */
  readonly meaning: string
}

/** @param text lines of character, pinyin, strokes, radical and meaning with tabs between; those that begin with # are skipped */
export function readCharacterNotes(text: string): ReadonlyMap<string, CharacterNote> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [character = '', pinyin = '', strokes = '', radical = '', meaning = ''] = line.split('\t')
      return [character, { pinyin, strokes: Number(strokes), radical, meaning }]
    }),
  )
}
