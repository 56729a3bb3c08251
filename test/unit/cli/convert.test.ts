import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const convertTo = (file: string, ...more: string[]): string[] => [
  'convert',
  '--data',
  'ink:a.jsonl',
  '--to',
  file,
  ...more,
]

describe('longhand convert', () => {
  it('with --json prints one object of exactly the documented shape', async () => {
    const { run, userFolder } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(convertTo('b.zip', '--only', '07', '--json'))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const file = join(userFolder, 'b.zip')
    expect(stdout).toBe(
      `${JSON.stringify({
        format: 'images',
        files: [file],
        data: `images:${file}`,
        samples: 2,
        labels: ['0', '7'],
        people: 1,
        size: { width: 28, height: 28 },
        redrawn: true,
      })}\n`,
    )
  })

  it('without it says the same in words', async () => {
    const { run, userFolder } = await openCommandLine()
    const { exitCode, stdout } = await run(convertTo('b.zip'))
    const file = join(userFolder, 'b.zip')
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `2 samples of 2 labels by 1 people: 0 1\ndrawn anew at 28 x 28 pixels by MNIST's recipe\nwrote ${file}\nopen it with --data images:${file}\n`,
    })
  })

  it.each([
    ['b.jsonl', 'ink'],
    ['b.JSONL.gz', 'ink'],
    ['b.inkml', 'inkml'],
    ['b.zip', 'images'],
    ['b.parquet', 'parquet'],
  ])('tells the format of %s by its name', async (file, format) => {
    const { run } = await openCommandLine()
    expect(JSON.parse((await run(convertTo(file, '--json'))).stdout)).toMatchObject({ format })
    expect(JSON.parse((await run(convertTo(file, '--format', 'idx', '--json'))).stdout)).toMatchObject({
      format: 'idx',
    })
  })

  it('fails where something is there, unless it is to be replaced', async () => {
    const { run } = await openCommandLine()
    const refused = await run(convertTo('there.zip'))
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^longhand: .*there\.zip already exists.*--force.*\n$/)
    expect(await run(convertTo('there.zip', '--force'))).toMatchObject({ exitCode: 0 })
  })

  it('ends when it is interrupted, and where the engine ends', async () => {
    const { run } = await openCommandLine()
    const interrupt = new AbortController()
    const args = ['convert', '--data', 'until-cancelled', '--to', 'b.zip']
    const running = run(args, { interrupted: interrupt.signal })
    setImmediate(() => interrupt.abort())
    const failed = { exitCode: 1, stdout: '', stderr: expect.stringMatching(/^longhand: .+\n$/) as string }
    expect(await running).toEqual(failed)
    expect(await run(['convert', '--data', 'crash', '--to', 'b.zip'])).toEqual(failed)
  })

  it.each([
    [['convert', '--data', 'mnist']],
    [['convert', '--to', 'b.zip']],
    [convertTo('b')],
    [convertTo('b.zip', '--format', 'pdf')],
    [convertTo('b.zip', '--only', ' ')],
  ])('ends with 2 for wrong usage: %j', async (args) => {
    const { run } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^longhand: .+\n$/)
  })
})
