import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryFolder, runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const picture = join(repositoryFolder, 'resources/icons/window.png')
const commands = {
  recognize: (model: string) => ['recognize', picture, '--model', model],
  read: (model: string) => ['read', picture, '--model', model],
  finetune: (model: string) => ['finetune', '--base', model, '--dataset', 'mnist', '--out', 'mine'],
  export: (model: string, folder: string) => ['export', '--model', model, '--out', join(folder, 'x.onnx')],
  audit: (model: string) => ['audit', '--model', model, '--dataset', 'mnist'],
  'models replay': (model: string) => ['models', 'replay', model, '--data', 'mnist'],
  // Named second, it is refused before the first has read anything.
  'models compare': (model: string) => ['models', 'compare', 'digits', model, '--data', 'mnist'],
} satisfies Record<string, (model: string, folder: string) => string[]>

const refused: readonly [string, (keyof typeof commands)[], string, string][] = [
  [
    'hand',
    ['recognize', 'read', 'finetune', 'export', 'audit', 'models replay', 'models compare'],
    'tells hands apart; it reads no characters',
    'longhand hand',
  ],
  ['words', ['finetune', 'export'], 'reads whole words, not single characters', 'latin or digits'],
]

describe.each(refused)('the model %s, where characters are read one by one', (model, names, why, instead) => {
  it.each(names)('is refused by %s, which says what to do', async (name) => {
    const folder = await temporaryFolder()
    const { exitCode, stdout, stderr } = await runBuiltLonghand(commands[name](model, folder))
    expect(exitCode).not.toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain(why)
    expect(stderr).toContain(instead)
    expect(existsSync(join(folder, 'x.onnx'))).toBe(false)
  })
})
