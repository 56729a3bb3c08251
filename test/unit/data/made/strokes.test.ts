import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { charactersOf } from '../../../../src/main/data/characterSets'
import { openDataset } from '../../../../src/main/data/openDataset'
import { digitsInput } from '../../../fixtures/data/digitsInput'
import { temporaryFolder } from '../../../fixtures/temporaryFolder'

const ten = {
  strokes: ['M 100 400 Z', 'M 500 800 Z'],
  medians: [
    [
      [100, 400],
      [900, 420],
    ],
    [
      [500, 800],
      [500, 0],
    ],
  ],
}

async function strokesFolder(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = join(await temporaryFolder(), 'hanzi-writer-data')
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{}')
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

describe('strokes of characters', () => {
  it('become ink in their order, y downwards', async () => {
    const folder = await strokesFolder({ '十.json': ten })
    const { labels, writers, content } = await openDataset(`strokes:${folder}`, digitsInput)
    expect(labels).toEqual(['十'])
    expect(writers).toEqual(['hanzi-writer-data'])
    expect(content).toMatchObject({
      inks: [
        [
          [
            [100, -400],
            [900, -420],
          ],
          [
            [500, -800],
            [500, -0],
          ],
        ],
      ],
    })
  })

  it('are taken by a set of characters, or by the characters themselves', async () => {
    const folder = await strokesFolder({ '十.json': ten, '龘.json': ten, '干.json': ten })
    const labelsOf = async (set: string): Promise<readonly string[]> =>
      (await openDataset(`strokes:${folder}#${set}`, digitsInput)).labels
    expect(await labelsOf('hanzi')).toEqual(['十', '干'])
    expect(await labelsOf('龘十永')).toEqual(['十', '龘'])
  })

  it('that are missing are told how to get', async () => {
    const folder = await strokesFolder({})
    await expect(openDataset(`strokes:${folder}`, digitsInput)).rejects.toMatchObject({
      code: 'strokes-missing',
      data: { folder, name: 'hanzi-writer-data' },
    })
  })

  it.each([
    ['{', 'byte 0'],
    ['{"medians":[[[1]]]}', 'medians'],
  ])('that are broken are refused: %s', async (content, place) => {
    const folder = await strokesFolder({ '十.json': content })
    await expect(openDataset(`strokes:${folder}`, digitsInput)).rejects.toMatchObject({
      code: 'data-malformed',
      data: { file: join(folder, '十.json'), place },
    })
  })

  it('and others are joined to one data set by a free plus', async () => {
    const folder = await strokesFolder({ '十.json': ten })
    const file = join(folder, 'mine + yours.jsonl')
    await writeFile(file, '{"label":"一","strokes":[[[0,0],[9,0]]]}\n')
    const { labels, count, writers } = await openDataset(`strokes:${folder} + ink:${file}`, digitsInput)
    expect([labels, count, writers]).toEqual([['一', '十'], 2, ['hanzi-writer-data', null]])
  })
})

describe('a set of characters', () => {
  it.each([
    ['hanzi', 3755, '啊', '座'],
    ['hangul', 2390, 'ㄱ', '힝'],
    ['kana', 169, 'ぁ', 'ー'],
    ['jamo', 40, 'ㄱ', 'ㅣ'],
  ])('%s has %i, from %s to %s, each once', (name, count, first, last) => {
    const characters = charactersOf(name)
    expect(new Set(characters).size).toBe(count)
    expect([characters.length, characters[0], characters.at(-1)]).toEqual([count, first, last])
  })
})
