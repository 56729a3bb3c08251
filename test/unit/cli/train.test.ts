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
    expect(events.map(({ event }) => event)).toEqual(['started', 'step', 'step', 'step', 'done'])
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

  it('stops cleanly when it is interrupted, says what is left, and does not count as done', async () => {
    const { run, userFolder } = await openCommandLine()
    const interrupt = new AbortController()
    const args = ['train', '--spec', 'lenet', '--data', 'until-cancelled', '--out', 'y', '--json']
    const running = run(args, { interrupted: interrupt.signal })
    setImmediate(() => interrupt.abort())
    const { exitCode, stdout, stderr } = await running
    expect(exitCode).toBe(1)
    expect(eventsOf(stdout).at(-1)).toMatchObject({ event: 'done', reason: 'cancelled' })
    expect(stderr).toContain(`The best epoch so far is kept in ${join(userFolder, 'y')}`)
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
