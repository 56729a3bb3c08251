import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { labelsOf, openBytes, pixelsOf, tinyPicture } from '../../../fixtures/data/openBytes'
import { parquetBytes, pngBytes } from '../../../fixtures/data/parquetBytes'

const pictures = [tinyPicture(255), tinyPicture(200), tinyPicture(100)]
const pngs = await Promise.all(pictures.map(pngBytes))
const dark = await Promise.all(pictures.map((pixels) => pngBytes(pixels.map((value) => 255 - value))))
const labels = [7, 0, 7]
const names = ['zero', '1', '2', '3', '4', '5', '6', 'seven']
const open = (bytes: Uint8Array) => openBytes('parquet', 'x.parquet', bytes)

describe('Parquet', () => {
  it.each<[string, Buffer, string[]]>([
    [
      "in Hugging Face's layout, with the labels' names",
      parquetBytes(pngs, labels, { names }),
      ['seven', 'zero', 'seven'],
    ],
    ['without names', parquetBytes(pngs, labels), ['7', '0', '7']],
    ['without compression', parquetBytes(pngs, labels, { codec: 'UNCOMPRESSED' }), ['7', '0', '7']],
    ['in one row group', parquetBytes(pngs, labels, { rowGroupSize: 100 }), ['7', '0', '7']],
    ['dark on light', parquetBytes(dark, labels), ['7', '0', '7']],
    [
      "with metadata that is none of Hugging Face's",
      parquetBytes(pngs, labels, { kvMetadata: [{ key: 'huggingface', value: '{' }] }),
      ['7', '0', '7'],
    ],
  ])('opens %s', async (_, bytes, expected) => {
    const dataset = await open(bytes)
    expect(labelsOf(dataset)).toEqual(expected)
    expect(pixelsOf(dataset)).toEqual(pictures.flat())
  })

  it('opens plain columns of bytes and of texts, with writers', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'text', data: ['a', '猫', 'a'], type: 'STRING' },
        { name: 'writer', data: ['Ann', null, 'Ben'], type: 'STRING' },
        { name: 'image', data: pngs, type: 'BYTE_ARRAY' },
        { name: 'other', data: [[1], [2], [3]], type: 'JSON' },
      ],
    })
    const dataset = await open(new Uint8Array(bytes))
    expect([labelsOf(dataset), dataset.writers]).toEqual([
      ['a', '猫', 'a'],
      ['Ann', null, 'Ben'],
    ])
    expect(pixelsOf(dataset)).toEqual(pictures.flat())
  })

  const whole = parquetBytes(pngs, labels, { names })
  const footerAt = whole.length - 8 - whole.readUInt32LE(whole.length - 8)
  const changed = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(whole)
    bytes.writeUInt32LE(value, at)
    return bytes
  }
  /** A footer of its own after the magic. */
  const footer = (bytes: readonly number[]): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(bytes.length)
    return Buffer.concat([Buffer.from('PAR1'), Buffer.from(bytes), length, Buffer.from('PAR1')])
  }
  const many = (count: number, value: number): number[] => new Array<number>(count).fill(value)
  it.each<[string, Buffer, string, RegExp]>([
    ['what is none', Buffer.from('hello, I am no Parquet file'), 'the footer', /end as/],
    ['a few bytes', Buffer.from('PAR1'), 'the footer', /end as/],
    ['a file that is cut', whole.subarray(0, whole.length - 20), 'the footer', /end as/],
    ['a footer beyond the file', changed(whole.length - 8, 2 ** 31), 'the footer', /not there/],
    ['a footer of noise', footer(many(50, 0x5b)), 'the footer', /./],
    ['a number without an end', footer([0x16, ...many(2_000_000, 0xff)]), 'the footer', /too long/],
    ['nesting without an end', footer(many(200_000, 0x1c)), 'the footer', /deep/],
    [
      'a list of two thousand million',
      footer([0x19, 0xf6, 0xff, 0xff, 0xff, 0xff, 0x07]),
      'the footer',
      /list/,
    ],
    [
      'pages of noise',
      Buffer.concat([whole.subarray(0, 4), Buffer.alloc(footerAt - 4, 0xa7), whole.subarray(footerAt)]),
      'row group 0',
      /column/,
    ],
    ['a label without a name', parquetBytes(pngs, [7, 0, 9], { names }), 'row 2', /number 9 has no name/],
    ['a label that is missing', parquetBytes(pngs, [7, null, 1]), 'row 1', /label is empty/],
    ['a picture that is missing', parquetBytes([null, ...pngs.slice(1)], labels), 'row 0', /not in the file/],
    [
      'a picture that is none',
      parquetBytes([Buffer.from('hello'), ...pngs.slice(1)], labels),
      'row 0',
      /none of PNG/,
    ],
    [
      'no pictures',
      Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'label', data: [1] }] })),
      'the footer',
      /pictures/,
    ],
    [
      'no labels',
      Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'image', data: pngs, type: 'BYTE_ARRAY' }] })),
      'the footer',
      /labels/,
    ],
  ])('is refused for %s', async (_, bytes, place, detail) => {
    const error: unknown = await open(bytes).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'data-malformed',
      data: { place, detail: expect.stringMatching(detail) },
    })
    expect(error).toHaveProperty('data.file', expect.stringMatching(/x\.parquet$/))
  })

  it('has codes of its own for an empty file, and for no rows', async () => {
    await expect(open(Buffer.alloc(0))).rejects.toMatchObject({ code: 'file-empty' })
    await expect(open(parquetBytes([], []))).rejects.toMatchObject({ code: 'data-empty' })
  })
})
