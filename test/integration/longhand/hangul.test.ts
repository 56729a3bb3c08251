import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { plainHangul } from '../../fixtures/ink/plainHangul'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/hangul')

describe('the hangul model that ships', () => {
  it('reads plainly drawn syllables and letters, among all 2,390', async () => {
    const file = join(await temporaryFolder(), 'hangul.jsonl')
    const lines = [...plainHangul].map(([label, strokes]) => JSON.stringify({ label, strokes }))
    await writeFile(file, lines.join('\n'))
    const { exitCode, stdout } = await runBuiltLonghand([
      'eval',
      ...['--model', 'hangul', '--data', `ink:${file}`, '--json'],
    ])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ count: plainHangul.size, accuracy: 1, topTenAccuracy: 1 })
  })

  it('says in its card what it was made of and may be used for, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.classes).toHaveLength(2390)
    expect(card.command).toContain('resources/recipes/hangul.json')
    expect(card.licence).toContain('Open Font License')
    expect(card.measured).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
