import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

const exportTo = (...more: string[]): string[] => ['export', '--model', 'digits', '--out', 'a.onnx', ...more]

describe('longhand export', () => {
  it('with --json prints one object, with the path of the file and of its report', async () => {
    const { run, userFolder } = await openCommandLine()
    const args = exportTo('--precision', 'int8', '--data', 'ink:mine.jsonl', '--json')
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const path = join(userFolder, 'a.onnx')
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ file: 'a.onnx', path, report: `${path}.json of digits`, precision: 'int8', opset: 17 },
      parity: { samples: 2, agreement: 1 },
      measured: { data: `ink:${join(userFolder, 'mine.jsonl')}`, accuracy: 0.5, floatAccuracy: 1 },
      card: 'shipped',
    })
  })

  it('without it says the same in words', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stdout } = await run(exportTo('--data', 'mnist:test'))
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/a\.onnx: float32, 100 bytes\n100\.00 % of 2 rasters .* 1\.0e-6 at most\n/)
    expect(stdout).toContain(
      'on mnist:test: 50.00 % right at 200 images/s; as float32 100.00 % at 100 images/s',
    )
    expect(stdout).toMatch(/ships stays as it is\.\n$/)
    expect((await run(exportTo())).stdout).not.toContain('mnist')
  })

  it('fails where something is there, unless it is to be replaced', async () => {
    const { run } = await openCommandLine()
    const args = ['export', '--model', 'digits', '--out', 'there.onnx']
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^longhand: .*there\.onnx already exists.*--force.*\n$/)
    expect(await run([...args, '--force'])).toMatchObject({ exitCode: 0 })
  })

  it('fails with one line for a model that is not known, and where the engine ends', async () => {
    const { run } = await openCommandLine()
    const unknown = await run(['export', '--model', 'nobody', '--out', 'a.onnx'])
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^longhand: .*nobody.*\n$/) })
    const crashed = await run(exportTo('--data', 'crash'))
    expect(crashed).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^longhand: .+\n$/) })
  })

  it.each([
    [['export', '--model', 'digits']],
    [['export', '--out', 'a.onnx']],
    [exportTo('--precision', 'float64')],
    [['export', 'a.onnx']],
  ])('ends with 2 for wrong usage: %j', async (args) => {
    const { run } = await openCommandLine()
    const { exitCode, stdout, stderr } = await run(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^longhand: .+\n$/)
  })
})

describe('longhand import', () => {
  it('says where the model is, in words or as JSON', async () => {
    const { run, userFolder } = await openCommandLine()
    const path = join(userFolder, 'back')
    const args = ['import', 'a.onnx', '--out', 'back']
    expect(await run(args)).toEqual({ exitCode: 0, stdout: `${path}: digits, 7 parameters\n`, stderr: '' })
    const { stdout } = await run([...args, '--name', 'mine', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ name: 'mine', path, parameters: 7 })
  })

  it('fails with the reason for a file that cannot be imported, and for a folder that holds something', async () => {
    const { run, userFolder } = await openCommandLine()
    const refused = await run(['import', 'foreign.onnx', '--out', 'back'])
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^longhand: .*foreign\.onnx cannot be imported: no.*\n$/)
    await mkdir(join(userFolder, 'full'))
    await writeFile(join(userFolder, 'full', 'letter.txt'), 'mine')
    const full = await run(['import', 'a.onnx', '--out', 'full'])
    expect(full).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not empty') })
  })

  it('is a subcommand of models too, which needs no folder, and export is one', async () => {
    const { run } = await openCommandLine()
    const imported = await run(['models', 'import', 'a.onnx'])
    expect(imported).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/a: digits, 7 param/) })
    const exported = await run(['models', 'export', 'digits', '--out', 'b.onnx', '--precision', 'float16'])
    expect(exported).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('b.onnx: float16') })
    const mixed = await run(['models', 'export', 'digits', '--out', 'b.longhand', '--precision', 'int8'])
    expect(mixed).toMatchObject({ exitCode: 2, stdout: '' })
  })

  it.each([
    [['import', 'a.onnx']],
    [['import', '--out', 'back']],
    [['import', 'a.onnx', '--out', 'b', '--name', '']],
  ])('ends with 2 for wrong usage: %j', async (args) => {
    const { run } = await openCommandLine()
    expect(await run(args)).toMatchObject({ exitCode: 2, stdout: '' })
  })
})
