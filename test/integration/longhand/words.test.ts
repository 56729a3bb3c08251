import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modelCardSchema } from '../../../src/shared/model/modelCard'
import type { Evaluation } from '../../../src/shared/recognition/evaluation'
import type { LineReading } from '../../../src/shared/recognition/line/lineReading'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { joinedLoops } from '../../fixtures/joinedLoops'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const modelFolder = join(repositoryFolder, 'resources/models/words')
const words = ['elle', 'eel', 'lee', 'le', 'ell']

describe('the model of words that ships', () => {
  it('reads joined-up words in one stroke each, with a list and without', async () => {
    const folder = await temporaryFolder()
    const lines = words.map((word) => JSON.stringify(joinedLoops(word)))
    await writeFile(join(folder, 'lines.jsonl'), lines.join('\n'))
    await writeFile(join(folder, 'words.txt'), ['ELLE', 'eel', 'lee', 'le', 'ell', 'bell', 'will'].join('\n'))
    const read = async (more: string[]): Promise<string[]> => {
      const { exitCode, stdout } = await runBuiltLonghand([
        ...['read-line', '--ink', join(folder, 'lines.jsonl'), '--model', 'words', '--json'],
        ...more,
      ])
      expect(exitCode).toBe(0)
      const readings = stdout.trim().split('\n')
      return readings.map((line) => (JSON.parse(line) as LineReading).text)
    }
    expect(await read([])).toEqual(words)
    // In any case, as the list spells it.
    expect(await read(['--words', join(folder, 'words.txt')])).toEqual(['ELLE', 'eel', 'lee', 'le', 'ell'])
  })

  it('is measured by whole words and by characters, with a list where one is given', async () => {
    const folder = await temporaryFolder()
    const samples = [...words, 'eel'].map((label, at) => ({
      // One label that is not what was written.
      label: at === words.length ? 'ell' : label,
      writer: at,
      strokes: joinedLoops(label),
    }))
    const file = join(folder, 'samples.jsonl')
    await writeFile(file, samples.map((sample) => JSON.stringify(sample)).join('\n'))
    const { exitCode, stdout } = await runBuiltLonghand([
      ...['eval', '--model', 'words', '--data', `ink:${file}`, '--lexicon', 'set', '--json'],
    ])
    expect(exitCode).toBe(0)
    const evaluation = JSON.parse(stdout) as Evaluation
    expect(evaluation.count).toBe(6)
    expect(evaluation.accuracy).toBeCloseTo(5 / 6)
    expect(evaluation.lexicon).toMatchObject({ words: 5, accuracy: 5 / 6 })
    // One of 18 characters would have to be another.
    expect(evaluation.characterErrorRate).toBeCloseTo(1 / 18)
  })

  it('is refused where single characters are read', async () => {
    const activated = await runBuiltLonghand(['models', 'activate', 'words'])
    expect(activated.exitCode).not.toBe(0)
    expect(activated.stderr).toContain('reads whole words')
  })

  it('says in its card what it was made of and may be used for, and takes at most 6 MB', async () => {
    const card = modelCardSchema.parse(JSON.parse(await readFile(join(modelFolder, 'card.json'), 'utf8')))
    expect(card.spec.classes).toHaveLength(52)
    expect(card.spec.text).toBeDefined()
    expect(card.command).toContain('resources/recipes/words.json')
    expect(card.licence).toContain('CC BY 4.0')
    expect(card.measured).not.toEqual([])
    expect((await stat(join(modelFolder, 'model.onnx'))).size).toBeLessThan(6 * 1024 * 1024)
  })
})
