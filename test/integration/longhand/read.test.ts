import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { beforeAll, describe, expect, it } from 'vitest'
import { runBuiltLonghand } from '../../fixtures/cli/builtLonghand'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { composeForm } from '../../fixtures/pages/composeForm'
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

describe('longhand read --form', () => {
  it('finds the fields of a form that was scanned askew, checks them, and goes on where it was interrupted', async () => {
    const userFolder = await temporaryFolder()
    const run = (args: readonly string[]) => runBuiltLonghand(args, userFolder)
    const right = await composeForm({ one: '72', two: '10', sum: '82' })
    const wrong = await composeForm({ one: '72', two: '10', sum: '72' })
    await mkdir(join(userFolder, 'scans'))
    await writeFile(join(userFolder, 'form.json'), JSON.stringify(right.form))
    await writeFile(join(userFolder, 'scans', '1.jpg'), right.picture)
    await writeFile(join(userFolder, 'scans', '2.jpg'), wrong.picture)
    // A page without markers, on which the form cannot be.
    await writeFile(join(userFolder, 'scans', '3.jpg'), picture)
    const read = ['read', 'scans', '--form', 'form.json', '--model', 'digits', '--out', 'all.json']

    const first = await run(read)
    expect(first.exitCode).toBe(1)
    expect(first.stderr).toMatch(/markers of the form sums were not found on scans.3\.jpg/)
    const all = JSON.parse(await readFile(join(userFolder, 'all.json'), 'utf8')) as {
      documents: { fields: { name: string; text: string }[] }[]
      queue: { file: string; field: string; problems: string[] }[]
    }
    const texts = all.documents.map(({ fields }) => fields.map(({ text }) => text))
    expect(texts).toEqual([
      ['72', '10', '82'],
      ['72', '10', '72'],
    ])
    const mistaken = all.queue.filter(({ problems }) => problems.includes('total'))
    expect(mistaken.map(({ file, field }) => [file.slice(-5), field])).toEqual([
      ['2.jpg', 'one'],
      ['2.jpg', 'two'],
      ['2.jpg', 'sum'],
    ])

    // Where the results cannot be written, what was read stays, and is not read again.
    const refused = await run(read)
    expect(refused.stderr).toContain('all.json')
    const kept = (await readdir(join(userFolder, 'all.json.reading'))).filter((name) =>
      name.endsWith('.json'),
    )
    expect(kept).toHaveLength(2)
    for (const name of kept) {
      const place = join(userFolder, 'all.json.reading', name)
      await writeFile(place, (await readFile(place, 'utf8')).replaceAll('"text":"72"', '"text":"99"'))
    }
    const resumed = await run([...read, '--force', '--json'])
    const lines = resumed.stdout.trim().split('\n')
    const resumedTexts = lines.map((line) =>
      (JSON.parse(line) as (typeof all.documents)[number]).fields.map(({ text }) => text),
    )
    expect(resumedTexts).toEqual([
      ['99', '10', '82'],
      ['99', '10', '99'],
    ])
  })

  it('says what is wrong with a form', async () => {
    const { run, userFolder } = await openWithPages()
    await writeFile(join(userFolder, 'form.json'), JSON.stringify({ format: 1, name: 'x', fields: [{}] }))
    const { exitCode, stderr } = await run(['read', 'pages', '--form', 'form.json'])
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(/form\.json is damaged at fields\.0/)
  })
})
