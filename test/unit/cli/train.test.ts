import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TrainingEvent } from '../../../src/shared/training/trainingEvent'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const train = (...more: string[]): string[] => [
  'train',
  '--spec',
  'lenet',
  '--data',
  'mnist',
  '--out',
  'x',
  ...more,
]

function eventsOf(stdout: string): TrainingEvent[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainingEvent)
}

describe('longhand train', () => {
  it('with --json writes one event a line, the last of them done, with the path and the metrics', async () => {
    const { run, userFolder } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(train('--json', '--epochs', '3'))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const events = eventsOf(stdout)
    expect(events.map(({ event }) => event)).toEqual([
      ...['started', 'step', 'step', 'step', 'checkpoint', 'done'],
    ])
    expect(events[0]).toMatchObject({ provider: 'cpu', epochs: 3 })
    expect(events.at(-1)).toMatchObject({
      reason: 'finished',
      path: join(userFolder, 'x'),
      metrics: { count: 2, accuracy: 1, macroF1: 1 },
    })
  })

  it('without it says where the model is on standard output, and the rest on standard error', async () => {
    const { run, userFolder } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(train())
    expect(exitCode).toBe(0)
    expect(stdout).toBe(`${join(userFolder, 'x')}: 100.00 % on 2 held back samples\n`)
    expect(stderr).toContain('10 samples and 2 held back')
  })

  it('without --out makes a new folder in the data folder', async () => {
    const { run, dataFolder } = await openCommandLine()
    const { exitCode, stdout } = await run(['train', '--spec', 'lenet', '--data', 'mnist', '--epochs', '1'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe(`${join(dataFolder, 'models', 'lenet')}: 100.00 % on 2 held back samples\n`)
  })

  it('stops cleanly when it is interrupted, says what is left, and does not count as done', async () => {
    const { run, userFolder } = await openCommandLine()
    const interrupt = new AbortController()
    const args = ['train', '--spec', 'lenet', '--data', 'until-cancelled', '--out', 'y', '--json']
    args.push('--provider', 'cpu')
    const running = run(args, { interrupted: interrupt.signal })
    setImmediate(() => interrupt.abort())
    const { exitCode, stdout, stderr } = await running
    expect(exitCode).toBe(1)
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: 'done', reason: 'cancelled' })
    const folder = join(userFolder, 'y')
    expect(stderr).toContain(`The best epoch so far is kept in ${folder}\n`)
    expect(stderr).toContain(`Go on with: longhand train --resume '${folder}'\n`)
  })

  it('names the command that goes on with a training that went astray, at a lower rate, as it was typed', async () => {
    const { run, userFolder } = await openCommandLine()
    const args = ['train', '--spec', 'lenet', '--data', 'astray', '--out', 'z']
    const folder = join(userFolder, 'z')
    const { stderr } = await run(args)
    expect(stderr).toContain(` Go on with: longhand train --resume '${folder}' --lr 0.1\n`)
    const byNpm = await run(args, { variables: { npm_lifecycle_event: 'longhand', LANG: 'zh_CN' } })
    expect(byNpm.stderr).toContain(`： npm run -s longhand -- train --resume '${folder}' --lr 0.1\n`)
  })

  it('names the command that goes on with a training whose process crashed', async () => {
    const { run, userFolder } = await openCommandLine()
    const { exitCode, stderr } = await run(['train', '--spec', 'lenet', '--data', 'crash', '--out', 'z'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(` Go on with: longhand train --resume '${join(userFolder, 'z')}'\n`)
  })

  it('tells when another provider took over', async () => {
    const { run } = await openCommandLine()
    const args = [
      'train',
      '--spec',
      'lenet',
      '--data',
      'crash',
      '--out',
      'z',
      '--provider',
      'webgpu',
      '--json',
    ]
    const { exitCode, stdout, stderr } = await run(args)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^webgpu failed \(.+\); going on with cpu from the last checkpoint\n$/)
    expect(eventsOf(stdout).map(({ event }) => event)).toContain('provider-changed')
  })

  it('goes on from a folder, with another rate and other epochs, and with nothing else changed', async () => {
    const { run, userFolder } = await openCommandLine()
    const missing = await run(['train', '--resume', 'x'])
    expect(missing.exitCode).toBe(1)
    expect(missing.stderr).toContain(join(userFolder, 'x'))
    await mkdir(join(userFolder, 'x', 'checkpoint'), { recursive: true })
    const { exitCode, stdout } = await run([
      'train',
      '--resume',
      'x',
      '--epochs',
      '9',
      '--lr',
      '0.1',
      '--json',
    ])
    expect(exitCode).toBe(0)
    expect(eventsOf(stdout)[0]).toMatchObject({ event: 'started', epochs: 9, stepsDone: 1 })
    for (const other of [
      ['--out', 'y'],
      ['--provider', 'cpu'],
      ['--batch', '8'],
      ['--schedule', 'cosine'],
    ]) {
      const refused = await run(['train', '--resume', 'x', ...other])
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
      expect(refused.stderr).toMatch(new RegExp(`^longhand: ${other[0]}: .+\n$`))
    }
  })

  it.each([
    ['spec-unknown', ['train', '--spec', 'nothing', '--data', 'mnist', '--out', 'x'], 'nothing'],
    ['a failure of the training', ['train', '--spec', 'lenet', '--data', 'astray', '--out', 'x'], 'step 3'],
    ['a missing spec', ['train', '--spec', 'no.json', '--data', 'mnist', '--out', 'x'], 'no.json'],
    [
      'a broken spec',
      ['train', '--spec', 'broken.json', '--data', 'mnist', '--out', 'x'],
      'layers.0.filters',
    ],
    [
      'a folder that holds something',
      ['train', '--spec', 'lenet', '--data', 'mnist', '--out', 'full'],
      'full',
    ],
  ])('fails with one line for %s', async (_what, args, said) => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(
      join(userFolder, 'broken.json'),
      JSON.stringify({
        name: 'broken',
        input: { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } },
        classes: ['0', '1'],
        layers: [{ type: 'conv2d', filters: 0 }],
      }),
    )
    await mkdir(join(userFolder, 'full', 'of things'), { recursive: true })
    const { exitCode, stdout, stderr } = await run(args.concat('--json'))
    expect(exitCode).toBe(1)
    expect(stdout).not.toContain('done')
    expect(stderr).toMatch(/^longhand: .+\n$/)
    expect(stderr).toContain(said)
    await expect(access(join(userFolder, 'x'))).rejects.toThrow()
  })
})
