import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { composePage } from '../../fixtures/pages/composePage'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

let picture: Buffer
beforeAll(async () => {
  picture = (await composePage(await mnistTestSamples(6), { columns: 3, pitch: 40, seed: 1 })).picture
})

async function openWithPage() {
  const userFolder = await temporaryFolder()
  await writeFile(join(userFolder, 'page.jpg'), picture)
  return { userFolder, run: (args: readonly string[]) => runBuiltLonghand(args, userFolder) }
}

describe('longhand cut', () => {
  it('with --json prints one object of exactly the documented shape', async () => {
    const { run } = await openWithPage()
    const { exitCode, stdout, stderr } = await run(['cut', 'page.jpg', '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const cut = JSON.parse(stdout) as { characters: Record<string, unknown>[] }
    expect(Object.keys(cut)).toEqual(['file', 'width', 'height', 'sheet', 'characters'])
    expect(cut).toMatchObject({ file: 'page.jpg', width: 200, height: 160, sheet: null })
    expect(cut.characters.map(({ row, column, label }) => [row, column, label])).toEqual([
      [0, 0, null],
      [0, 1, null],
      [0, 2, null],
      [1, 0, null],
      [1, 1, null],
      [1, 2, null],
    ])
    const fields = ['label', 'row', 'column', 'x', 'y', 'width', 'height', 'confidence']
    expect(Object.keys(cut.characters[0] ?? {})).toEqual(fields)
  })

  it('without it says the same in words', async () => {
    const { run } = await openWithPage()
    const { stdout } = await run(['cut', 'page.jpg'])
    expect(stdout).toBe('page.jpg: 6 characters in 2 rows\nrow 1: 3\nrow 2: 3\n')
  })

  it('writes a folder of pictures', async () => {
    const { run, userFolder } = await openWithPage()
    const { exitCode, stderr } = await run(['cut', 'page.jpg', '--out', 'cut'])
    const folder = join(userFolder, 'cut')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `wrote ${folder}\n` })
    const pictures = ['1-1.png', '1-2.png', '1-3.png', '2-1.png', '2-2.png', '2-3.png']
    expect((await readdir(folder)).sort()).toEqual([...pictures, 'characters.jsonl', 'page.png'])
    const lines = (await readFile(join(folder, 'characters.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { file: string }).file)).toEqual(pictures)
  })

  it('writes lines of rasters, and replaces nothing unless told to', async () => {
    const { run, userFolder } = await openWithPage()
    const file = join(userFolder, 'cut.jsonl')
    await writeFile(file, 'mine')
    expect(await run(['cut', 'page.jpg', '--out', 'cut.jsonl'])).toMatchObject({ exitCode: 1 })
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect(await run(['cut', 'page.jpg', '--out', 'cut.jsonl', '--force'])).toMatchObject({ exitCode: 0 })
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(6)
    const { raster } = JSON.parse(lines[0] ?? '') as {
      raster: { width: number; height: number; pixels: string }
    }
    expect({ ...raster, pixels: Buffer.from(raster.pixels, 'base64').length }).toEqual({
      width: 28,
      height: 28,
      pixels: 784,
    })
    expect(await readdir(userFolder)).toEqual(['cut.jsonl', 'page.jpg'])
  })

  it.each<[string, Buffer | string, string]>([
    ['a text', 'no picture', 'is not a picture'],
    ['a cut JPEG', 'half', ''],
    ['nothing', '', 'is empty'],
  ])('refuses %s', async (_, content, message) => {
    const { run, userFolder } = await openWithPage()
    const bytes = content === 'half' ? picture.subarray(0, picture.length / 2) : content
    await writeFile(join(userFolder, 'odd.jpg'), bytes)
    const { exitCode, stdout, stderr } = await run(['cut', 'odd.jpg', '--json'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain('odd.jpg')
    expect(stderr).toContain(message)
  })
})
