/** What is told of a character to those who choose between some. */
export interface CharacterNote {
  /** In Mandarin, with its tone: "yǒng". */
  readonly pinyin: string
  readonly strokes: number
  readonly radical: string
  /** In English, as the Unihan database has it. */
  readonly meaning: string
}

const han = /^\p{Script=Han}$/u

/** Whether there may be a note: only of Han characters. */
export const mayHaveNote = (label: string): boolean => han.test(label)

/** The notes by character. They are fetched when the first is wanted: most people write digits and letters. */
export async function loadCharacterNotes(): Promise<ReadonlyMap<string, CharacterNote>> {
  const { default: text } = await import('./hanzi.tsv?raw')
  return readCharacterNotes(text)
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
