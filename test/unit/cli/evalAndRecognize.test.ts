import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const PNG = Buffer.from([137, 80, 78, 71])

describe('longhand eval', () => {
  it('with --json prints one object of exactly the documented shape', async () => {
    const { run } = await openCommandLine()
    const args = ['eval', '--model', 'digits', '--data', 'ink:mine.jsonl', '--only', '07', '--json']
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(
      `${JSON.stringify({
        model: 'digits',
        data: 'ink:mine.jsonl',
        count: 2,
        accuracy: 1,
        macroPrecision: 1,
        macroRecall: 1,
        macroF1: 1,
        perClass: [
          { label: '0', precision: 1, recall: 1, f1: 1, support: 1 },
          { label: '7', precision: 1, recall: 1, f1: 1, support: 1 },
        ],
        confusion: [
          [1, 0],
          [0, 1],
        ],
        imagesPerSecond: 100,
      })}\n`,
    )
  })

  it('without it says the same in words', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stdout } = await run(['eval', '--model', 'digits', '--data', 'mnist:test'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('digits on mnist:test: 100.00 % right, 0 of 2 wrong')
  })

  it.each([['crash'], ['fault']])('fails with one line where the engine fails by a %s', async (data) => {
    const { run } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(['eval', '--model', 'digits', '--data', data])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^longhand: .+\n$/)
  })

  it('ends when it is interrupted', async () => {
    const { run } = await openCommandLine()
    const interrupt = new AbortController()
    const running = run(['eval', '--model', 'digits', '--data', 'until-cancelled'], {
      interrupted: interrupt.signal,
    })
    setImmediate(() => interrupt.abort())
    expect(await running).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^longhand: .+\n$/),
    })
  })
})

describe('longhand recognize', () => {
  it('with --json prints one object a line for each picture, standard input included', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.png'), PNG)
    const args = ['recognize', 'a.png', '-', '--model', 'digits', '--json']
    const { exitCode, stdout, stderr } = await run(args, {
      stdin: Readable.from([PNG.subarray(0, 1), PNG.subarray(1)]),
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const candidates = [{ label: '137,80,78,71', probability: 1 }]
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { file: 'a.png', model: 'digits', verdict: 'sure', candidates, elapsedMs: 1 },
      { file: '-', model: 'digits', verdict: 'sure', candidates, elapsedMs: 1 },
    ])
  })

  it('without it prints the best and the other candidates', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.png'), PNG)
    const { stdout } = await run(['recognize', 'a.png'])
    expect(stdout).toBe('a.png: 137,80,78,71  [137,80,78,71 100.00 %]\n')
  })

  it('says one line for each picture that it cannot read, reads the others, and fails', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'text.png'), 'not a picture')
    await writeFile(join(userFolder, 'empty.png'), '')
    await writeFile(join(userFolder, 'good.png'), PNG)
    const { exitCode, stdout, stderr } = await run([
      'recognize',
      'text.png',
      'empty.png',
      'none.png',
      '.',
      'good.png',
    ])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^good\.png: .+\n$/)
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    for (const [index, name] of ['text.png', 'empty.png', 'none.png', '.'].entries()) {
      expect(lines[index]).toMatch(/^longhand: /)
      expect(lines[index]).toContain(name)
    }
  })

  it('names standard input where that is empty', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stderr } = await run(['recognize', '-'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('standard input')
  })

  it('fails for a model that is not known, and names those that are', async () => {
    const { run, userFolder } = await openCommandLine()
    await writeFile(join(userFolder, 'a.png'), PNG)
    const { exitCode, stderr } = await run(['recognize', 'a.png', '--model', 'nobody'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^longhand: .*nobody.*digits.*\n$/)
  })
})
