import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { beforeAll, describe, expect, it } from 'vitest'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { composePage } from '../../fixtures/pages/composePage'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const text = '720\n541'
let picture: Buffer
beforeAll(async () => {
  // What MNIST's first test samples are, some of them: 7 2 1 0 4 1 4 9 5 9.
  const samples = await mnistTestSamples(10)
  const glyphs = [0, 1, 3, 8, 4, 2].flatMap((at) => samples[at] ?? [])
  picture = (await composePage(glyphs, { columns: 3, pitch: 40, seed: 1 }, { degrees: 4 })).picture
})

async function openWithPages() {
  const userFolder = await temporaryFolder()
  await mkdir(join(userFolder, 'pages'))
  await writeFile(join(userFolder, 'pages', '2.jpg'), picture)
  await writeFile(join(userFolder, 'pages', '10.jpg'), 'no picture')
  return { userFolder, run: (args: readonly string[]) => runBuiltLonghand(args, userFolder) }
}

describe('longhand read', () => {
  it('reads the lines of a page that lies askew, each character with its box', async () => {
    const { run } = await openWithPages()
    const { exitCode, stdout } = await run(['read', 'pages/2.jpg', '--expects', 'digits', '--json'])
    expect(exitCode).toBe(0)
    const read = JSON.parse(stdout) as {
      turned: number
      width: number
      lines: { text: string; characters: { box: { x: number; width: number } }[] }[]
    }
    expect(read.lines.map((line) => line.text).join('\n')).toBe(text)
    expect(Math.abs(read.turned)).toBeGreaterThan(2)
    for (const { characters } of read.lines) {
      const lefts = characters.map(({ box }) => box.x)
      expect([...lefts].sort((a, b) => a - b)).toEqual(lefts)
      expect(characters.every(({ box }) => box.x + box.width <= read.width)).toBe(true)
    }
  })

  it('reads a folder, says what it could not read, and writes a PDF in which the text is found', async () => {
    const { run, userFolder } = await openWithPages()
    const { exitCode, stdout, stderr } = await run([
      'read',
      'pages',
      '--expects',
      'digits',
      '--out',
      'all.pdf',
    ])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^longhand: pages.10\.jpg is not a picture/)
    const pdfium = await PDFiumLibrary.init()
    const document = await pdfium.loadDocument(await readFile(join(userFolder, 'all.pdf')))
    expect(document.getPageCount()).toBe(1)
    expect(document.getPage(0).getText().replaceAll(/\s/g, '')).toBe(text.replace('\n', ''))
    document.destroy()
    pdfium.destroy()
    await expect(stat(join(userFolder, 'all.pdf.reading'))).rejects.toThrow('ENOENT')
  })

  it('counts how much of what a person read it reads alike', async () => {
    const { run, userFolder } = await openWithPages()
    await writeFile(join(userFolder, 'labels.jsonl'), JSON.stringify({ image: 'pages/2.jpg', text }))
    const { stdout } = await run(['read', '--check', 'labels.jsonl', '--expects', 'digits', '--json'])
    expect(JSON.parse(stdout)).toEqual({
      pictures: 1,
      right: 1,
      wholeAccuracy: 1,
      characterErrorRate: 0,
      wrong: [],
    })
  })
})
