import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { networkTableSchema } from '../../../src/shared/model/networkTable'
import { specNames } from '../../../src/shared/model/specs'
import { openCommandLine } from '../../fixtures/cli/runLonghand'

describe('longhand spec', () => {
  it('lists the networks that can be trained by name', async () => {
    const { run } = await openCommandLine()
    expect((await run(['spec'])).stdout.trim().split('\n')).toEqual(specNames)
    expect(JSON.parse((await run(['spec', '--json'])).stdout)).toEqual(specNames)
  })

  it('shows one as a table, with its sums at the end', async () => {
    const { run } = await openCommandLine()
    const { exitCode, stdout } = await run(['spec', 'lenet', '--classes', 'abc'])
    expect(exitCode).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^layer +output +parameters +MFLOP$/)
    expect(lines[2]).toMatch(/^conv2d1 +6 x 28 x 28 +156 +0\.235$/)
    expect(lines.at(-2)).toMatch(/^head +3 +255 /)
    // 156 + 2,416 + 48,120 + 10,164 + 255
    expect(lines.at(-1)).toMatch(/^\(all\) +61,111 +0\.\d{3}$/)
  })

  it('shows a network of a file, as JSON too', async () => {
    const { run, userFolder } = await openCommandLine()
    const input = { width: 16, height: 16, raster: { box: 12, penWidth: 1, centre: 'box' } }
    const spec = { name: 'mine', input, classes: ['x', 'y'], layers: [{ type: 'depthwiseConv2d' }] }
    await writeFile(join(userFolder, 'mine.json'), JSON.stringify(spec))
    const table = networkTableSchema.parse(JSON.parse((await run(['spec', 'mine.json', '--json'])).stdout))
    expect(table).toMatchObject({ name: 'mine', input: [1, 16, 16], parameters: 10 + 2 * 256 + 2 })
  })

  it('says what is wrong with a name, or with layers that do not fit', async () => {
    const { run, userFolder } = await openCommandLine()
    expect(await run(['spec', 'nonet'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('lenet') as string,
    })
    const input = { width: 8, height: 8, raster: { box: 6, penWidth: 1, centre: 'box' } }
    const layers = Array.from({ length: 5 }, () => ({ type: 'maxPool' }))
    await writeFile(
      join(userFolder, 'bad.json'),
      JSON.stringify({ name: 'bad', input, classes: ['x', 'y'], layers }),
    )
    const { exitCode, stderr } = await run(['spec', 'bad.json'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^longhand: .*does not fit.*\n$/)
  })
})
