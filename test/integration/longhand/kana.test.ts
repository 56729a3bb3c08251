import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import type { Ink } from '../../../src/shared/ink/ink'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/kana')

/** Kana of straight lines, as anybody would draw them: strokes parted by a slash, the places `x,y` that the pen passes. */
const written: Readonly<Record<string, string>> = {
  ア: '10,10 90,10 55,45 / 50,30 45,60 20,95',
  イ: '80,5 50,40 10,65 / 50,40 50,98',
  エ: '15,15 85,15 / 50,15 50,85 / 5,85 95,85',
  ス: '15,12 80,12 55,55 10,92 / 55,55 90,92',
  ト: '35,5 35,97 / 35,40 80,65',
  ハ: '35,20 25,55 5,88 / 60,18 80,50 95,85',
  フ: '12,15 88,15 75,50 30,92',
  く: '70,5 25,48 72,95',
  い: '15,20 17,60 28,80 38,68 / 75,25 88,65',
  こ: '20,18 60,12 80,20 / 18,68 25,85 85,85',
}
const inkOf = (strokes: string): Ink =>
  strokes.split(' / ').map((stroke) =>
    stroke.split(' ').map((place) => {
      const [x = 0, y = 0] = place.split(',').map(Number)
      return [x, y]
    }),
  )

describe('the kana model that ships', () => {
  it('reads plainly drawn kana, among all of them, whatever the data calls them', async () => {
    const folder = await temporaryFolder()
    const [file, names] = [join(folder, 'kana.jsonl'), join(folder, 'names.json')]
    const lines = Object.values(written).map((strokes, at) =>
      JSON.stringify({ label: `character ${at}`, strokes: inkOf(strokes) }),
    )
    await writeFile(file, lines.join('\n'))
    const meaning = Object.keys(written).map((label, at) => [`character ${at}`, label])
    await writeFile(names, JSON.stringify(Object.fromEntries(meaning)))
    const { exitCode, stdout } = await runBuiltLonghand([
      'eval',
      ...['--model', 'kana', '--data', `ink:${file}`, '--labels', names, '--json'],
    ])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ count: 10, accuracy: 1 })
  })

  it('says in its card what it was made of and may be used for, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.classes).toHaveLength(169)
    expect(card.command).toContain('resources/recipes/kana.json')
    expect(card.licence).toContain('Open Font License')
    expect(card.measured).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
