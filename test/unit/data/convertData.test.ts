import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceSample } from '../../../src/main/data/sampleSource'
import { openSource } from '../../../src/main/data/openSource'
import { convertData, type ConversionRequest } from '../../../src/main/data/write/convertData'
import type { ConversionProgress } from '../../../src/shared/contract/conversion'
import { npyBytes, npzBytes } from '../../fixtures/data/npyBytes'
import { parquetBytes, pngBytes } from '../../fixtures/data/parquetBytes'
import { tinyPicture } from '../../fixtures/data/openBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const rest = { only: null, force: false }

async function read(reference: string): Promise<SourceSample[]> {
  const samples: SourceSample[] = []
  for await (const sample of (await openSource(reference)).read()) {
    const { kind } = sample
    // A Buffer or not: the values count.
    const bare = (pixels: Uint8Array): Uint8Array => new Uint8Array(pixels)
    samples.push(
      kind === 'ink'
        ? sample
        : { ...sample, picture: { ...sample.picture, pixels: bare(sample.picture.pixels) } },
    )
  }
  return samples
}

const convert = (request: Pick<ConversionRequest, 'data' | 'file' | 'format'> & Partial<ConversionRequest>) =>
  convertData({ ...rest, ...request }, () => undefined)

/** Texts of any characters that a label may have, and some that file systems, XML and CSV trip over. */
const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: maxLength / 2 }),
    fc.constantFrom(
      'a',
      'A',
      '0',
      '7',
      '..',
      '/',
      'con',
      ' ',
      ' x ',
      '\r\n',
      '<&>"',
      '_0',
      'é',
      'e\u0301',
      'ﬁ',
      '猫',
      '𠮷',
    ),
  )
// + 0 makes a plain zero of -0, which JSON does not know.
const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
const time = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const pressure = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0)
const point = fc.oneof(
  fc.tuple(coordinate, coordinate),
  fc.tuple(coordinate, coordinate, time),
  fc.tuple(coordinate, coordinate, time, pressure),
)
const ink = fc.array(fc.array(point, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 })
const inkSamples = (ofText: fc.Arbitrary<string>) =>
  fc.array(fc.record({ label: ofText, writer: fc.option(ofText), ink }), { minLength: 1, maxLength: 6 })

describe('ink that was written', () => {
  const lines = (samples: readonly { label: string; writer: string | null; ink: unknown }[]): string =>
    samples.map(({ label, writer, ink: strokes }) => JSON.stringify({ label, writer, strokes })).join('\n')

  it.each([
    ['ink', 'out.jsonl', text(64)],
    ['ink', 'out.jsonl.gz', text(64)],
    // XML holds no other control characters.
    ['inkml', 'out.inkml', text(64).filter((each) => !/[^\P{Cc}\t\n\r\x7f-\x9f]|\ufffe|\uffff/u.test(each))],
  ] as const)('as %s (%s) comes back in identical', async (format, name, ofText) => {
    const folder = await temporaryFolder()
    await fc.assert(
      fc.asyncProperty(inkSamples(ofText), async (samples) => {
        const file = join(folder, name)
        await writeFile(join(folder, 'in.jsonl'), lines(samples))
        const { data, labels } = await convert({
          data: `ink:${join(folder, 'in.jsonl')}`,
          file,
          format,
          force: true,
        })
        expect(await read(data)).toEqual(samples.map((sample) => ({ kind: 'ink', ...sample })))
        expect(new Set(labels)).toEqual(new Set(samples.map(({ label }) => label)))
      }),
      { numRuns: 60 },
    )
  })

  it('as InkML with a label that XML cannot hold is refused, and leaves nothing', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'in.jsonl'), lines([{ label: '\0', writer: null, ink: [[[1, 2]]] }]))
    const request = {
      data: `ink:${join(folder, 'in.jsonl')}`,
      file: join(folder, 'x.inkml'),
      format: 'inkml',
    } as const
    await expect(convert(request)).rejects.toMatchObject({ code: 'data-malformed' })
    expect(await readdir(folder)).toEqual(['in.jsonl'])
  })

  it('as pictures is drawn by the recipe', async () => {
    const folder = await temporaryFolder()
    await writeFile(
      join(folder, 'in.jsonl'),
      lines([
        {
          label: 'a',
          writer: 'Ann',
          ink: [
            [
              [0, 0],
              [9, 9],
            ],
          ],
        },
      ]),
    )
    const data = `ink:${join(folder, 'in.jsonl')}`
    const converted = await convert({ data, file: join(folder, 'x.zip'), format: 'images' })
    expect(converted).toMatchObject({ redrawn: true, size: { width: 28, height: 28 }, people: 1 })
    const [sample] = await read(converted.data)
    expect(sample).toMatchObject({ label: 'a', writer: 'Ann', picture: { width: 28, height: 28 } })
    expect(sample?.kind === 'picture' && Math.max(...sample.picture.pixels)).toBe(255)
  })
})

const side = fc.integer({ min: 1, max: 12 })
/** Pictures of one size, with labels; `npz:` takes them in as they are. */
const pictureSet = (ofText: fc.Arbitrary<string>) =>
  fc
    .tuple(side, side, fc.array(ofText, { minLength: 1, maxLength: 8 }))
    .chain(([width, height, labels]) =>
      fc
        .uint8Array({ minLength: labels.length * width * height, maxLength: labels.length * width * height })
        .map((pixels) => ({ width, height, labels, pixels })),
    )

function npzOf({
  width,
  height,
  labels,
  pixels,
}: {
  width: number
  height: number
  labels: string[]
  pixels: Uint8Array
}) {
  const body = Buffer.alloc(labels.length * 256)
  labels.forEach((label, at) => {
    Array.from(label).forEach((character, place) =>
      body.writeUInt32LE(character.codePointAt(0) ?? 0, 256 * at + 4 * place),
    )
  })
  return npzBytes({
    x: npyBytes('|u1', [labels.length, height, width], pixels),
    y: npyBytes('<U64', [labels.length], body),
  })
}

describe('pictures that were written', () => {
  it.each(['idx', 'images', 'parquet'] as const)('as %s come back in identical', async (format) => {
    const folder = await temporaryFolder()
    const file = join(folder, format === 'images' ? 'out.zip' : 'out')
    await fc.assert(
      fc.asyncProperty(
        pictureSet(text(64).filter((label) => label.trim() === label && !label.includes('\0'))),
        async (set) => {
          await writeFile(join(folder, 'in.npz'), npzOf(set))
          const source = `npz:${join(folder, 'in.npz')}`
          const { data, redrawn } = await convert({ data: source, file, format, force: true })
          expect(redrawn).toBe(false)
          expect(await read(data)).toEqual(await read(source))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keep their writers, sizes and order in a ZIP and in Parquet', async () => {
    const folder = await temporaryFolder()
    const pngs = await Promise.all(
      [tinyPicture(255), tinyPicture(99).concat(tinyPicture(0), tinyPicture(7), tinyPicture(8))].map(
        pngBytes,
      ),
    )
    await writeFile(join(folder, 'in.parquet'), parquetBytes([...pngs, ...pngs], [1, 0, 0, 1]))
    const source = `parquet:${join(folder, 'in.parquet')}`
    const zip = await convert({ data: source, file: join(folder, 'x.zip'), format: 'images' })
    expect(zip).toMatchObject({ size: null, redrawn: false, samples: 4 })
    const parquet = await convert({ data: zip.data, file: join(folder, 'x.parquet'), format: 'parquet' })
    expect(await read(zip.data)).toEqual(await read(source))
    expect(await read(parquet.data)).toEqual(await read(source))
    const idx = await convert({ data: source, file: join(folder, 'x'), format: 'idx' })
    expect(idx).toMatchObject({ size: { width: 28, height: 28 }, redrawn: true })
    expect((await read(idx.data)).map(({ label }) => label)).toEqual(['1', '0', '0', '1'])
  })

  it('of more than 256 labels come back from IDX', async () => {
    const folder = await temporaryFolder()
    const labels = Array.from({ length: 300 }, (_, at) => `label ${at}`)
    const set = { width: 2, height: 2, labels, pixels: new Uint8Array(1200).map((_, at) => at) }
    await writeFile(join(folder, 'in.npz'), npzOf(set))
    const { data } = await convert({
      data: `npz:${join(folder, 'in.npz')}`,
      file: join(folder, 'x'),
      format: 'idx',
    })
    expect((await read(data)).map(({ label }) => label)).toEqual(labels)
  })
})

describe('a conversion', () => {
  const idx = async (labels: number[]): Promise<{ folder: string; data: string }> => {
    const folder = await temporaryFolder()
    const x = npyBytes('|u1', [labels.length, 8, 8], Buffer.from(labels.flatMap(() => tinyPicture(255))))
    await writeFile(
      join(folder, 'in.npz'),
      npzBytes({ x, y: npyBytes('|u1', [labels.length], Buffer.from(labels)) }),
    )
    return { folder, data: `npz:${join(folder, 'in.npz')}` }
  }

  it('hands the card on, with what was kept', async () => {
    const { folder, data } = await idx([3, 1, 3])
    const first = await convert({ data, file: join(folder, 'x.zip'), format: 'images', only: ['3'] })
    const second = await convert({ data: first.data, file: join(folder, 'y'), format: 'idx' })
    const beside = second.files.find((file) => file.endsWith('.card.json')) ?? ''
    expect(JSON.parse(await readFile(beside, 'utf8'))).toMatchObject({
      ...{
        source: 'in.npz',
        licence: '',
        people: null,
        kind: 'pictures',
        samples: 2,
        labels: ['3'],
        counts: [2],
      },
    })
    expect((await read(second.data)).map(({ label }) => label)).toEqual(['3', '3'])
  })

  it('makes the same bytes of the same samples', async () => {
    const { folder, data } = await idx([1, 2])
    for (const format of ['images', 'parquet', 'idx'] as const) {
      const [a, b] = [
        await convert({ data, file: join(folder, `a.${format}`), format }),
        await convert({ data, file: join(folder, `b.${format}`), format }),
      ]
      expect(await readFile(a.files[0] ?? '')).toEqual(await readFile(b.files[0] ?? ''))
    }
  })

  it.each<[string, Partial<ConversionRequest>, string]>([
    ['of labels that are not there', { only: ['9'] }, 'data-empty'],
    ['of pictures into ink', { format: 'ink' }, 'data-not-ink'],
    ['onto what is there', {}, 'file-exists'],
    ['of what is no data', { data: 'tape:x' }, 'data-unknown'],
  ])('%s is refused and changes nothing', async (_, change, code) => {
    const { folder, data } = await idx([1, 2])
    const file = join(folder, 'x.zip')
    await writeFile(file, 'mine')
    await expect(convert({ data, file, format: 'images', ...change })).rejects.toMatchObject({ code })
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect((await readdir(folder)).sort()).toEqual(['in.npz', 'x.zip'])
  })

  it('reports how far it is, and ends with nothing left when it is cancelled', async () => {
    const { folder, data } = await idx(Array.from({ length: 2000 }, (_, at) => at % 10))
    const seen: ConversionProgress[] = []
    const abort = new AbortController()
    const request = { ...rest, data, file: join(folder, 'x.zip'), format: 'images' } as const
    const working = convertData(
      request,
      (progress) => {
        seen.push(progress)
        if (progress.step === 'writing') abort.abort()
      },
      abort.signal,
    )
    await expect(working).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toContainEqual({ step: 'counting', done: 2000, total: null })
    expect(seen.at(-1)).toMatchObject({ step: 'writing', total: 2000 })
    expect(await readdir(folder)).toEqual(['in.npz'])
  })
})
