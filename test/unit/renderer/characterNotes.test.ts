import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCharacterNotes } from '../../../src/renderer/characters/characterNotes'
import { charactersOf } from '../../../src/main/data/characterSets'
import { repositoryFolder } from '../../fixtures/cli/builtLonghand'

const notes = readCharacterNotes(
  readFileSync(join(repositoryFolder, 'src/renderer/characters/hanzi.tsv'), 'utf8'),
)

describe('what is told of Han characters', () => {
  it('is there for each that the hanzi model knows, with strokes and a radical', () => {
    const without = charactersOf('hanzi').filter((character) => {
      const note = notes.get(character)
      return !note || note.pinyin === '' || note.meaning === '' || !(note.strokes > 0)
    })
    expect(without).toEqual([])
    expect([...notes.values()].filter(({ radical }) => !/^\p{Script=Han}$/u.test(radical))).toEqual([])
  })

  it('is the pinyin, the strokes, the radical and the meaning of the Unihan database', () => {
    expect(notes.get('永')).toEqual({
      pinyin: 'yǒng',
      strokes: 5,
      radical: '水',
      meaning: 'long, perpetual, eternal, forever',
    })
    expect(notes.get('语')).toMatchObject({ pinyin: 'yǔ', strokes: 9, radical: '言' })
  })
})
