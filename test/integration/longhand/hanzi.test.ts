import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { plainHanzi } from '../../fixtures/ink/plainHanzi'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/hanzi')

describe('the hanzi model that ships', () => {
  it('reads plainly drawn characters, among all 3,755', async () => {
    const file = join(await temporaryFolder(), 'hanzi.jsonl')
    const lines = [...plainHanzi].map(([label, strokes]) => JSON.stringify({ label, strokes }))
    await writeFile(file, lines.join('\n'))
    const { exitCode, stdout } = await runBuiltLonghand([
      'eval',
      ...['--model', 'hanzi', '--data', `ink:${file}`, '--json'],
    ])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ count: plainHanzi.size, accuracy: 1, topTenAccuracy: 1 })
  })

  it('says in its card what it was made of and may be used for, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.classes).toHaveLength(3755)
    expect(card.command).toContain('resources/recipes/hanzi-soft.json')
    expect(card.licence).toContain('Arphic Public License')
    expect(card.measured).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
