import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import type { LineReading } from '../../../src/shared/recognition/line/lineReading'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/latin')

/** Two words in straight strokes parted by a slash, on one line; the places `x,y` that the pen passes. */
const written: Readonly<Record<string, string>> = {
  TALL: '0,0 60,0 / 30,0 30,100 / 90,100 120,0 150,100 / 103,60 138,60 / 180,0 180,100 230,100 / 260,0 260,100 310,100',
  HAMLET:
    '0,0 0,100 / 55,0 55,100 / 0,50 55,50 / 85,100 115,0 145,100 / 98,60 133,60 / 175,100 180,0 210,70 240,0 245,100 / ' +
    '275,0 275,100 325,100 / 355,0 355,100 / 355,0 405,0 / 355,50 395,50 / 355,100 405,100 / 430,0 490,0 / 460,0 460,100',
}
const strokesOf = (text: string): number[][][] =>
  text.split(' / ').map((stroke) => stroke.split(' ').map((place) => place.split(',').map(Number)))

describe('the latin model that ships', () => {
  it('reads words of plainly drawn capitals, from a list', async () => {
    const folder = await temporaryFolder()
    const lines = Object.values(written).map((strokes) => JSON.stringify(strokesOf(strokes)))
    await writeFile(join(folder, 'lines.jsonl'), lines.join('\n'))
    await writeFile(join(folder, 'words.txt'), 'TALL\nTILT\nHAMLET\nOMELET\nTABLET\n')
    const { exitCode, stdout } = await runBuiltLonghand([
      'read-line',
      ...['--ink', join(folder, 'lines.jsonl'), '--words', join(folder, 'words.txt')],
      ...['--model', 'latin', '--json'],
    ])
    expect(exitCode).toBe(0)
    const readings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LineReading)
    expect(readings.map(({ text }) => text)).toEqual(Object.keys(written))
  })

  it('says in its card what it was made of and may be used for, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.classes).toHaveLength(94)
    expect(card.command).toContain('resources/recipes/latin.json')
    expect(card.licence).toContain('CC BY 4.0')
    expect(card.measured).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
