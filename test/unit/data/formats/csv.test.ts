import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { labelsOf, openBytes, pixelsOf, tinyPicture } from '../../../fixtures/data/openBytes'

const header = (first: string, last?: string): string =>
  [first, ...Array.from({ length: 64 }, (_, at) => `pixel${at}`), ...(last ? [last] : [])]
    .filter((name) => name !== '')
    .join(',')
const rows = [
  ['7', tinyPicture(255)],
  ['0', tinyPicture(200)],
  ['7', tinyPicture(100)],
] as const
const first = rows.map(([label, pixels]) => [label, ...pixels].join(','))
const last = rows.map(([label, pixels]) => [...pixels, label].join(','))
const expected = rows.flatMap(([, pixels]) => pixels)

describe('a CSV of pixels', () => {
  it.each([
    ['without names, label first', first.join('\n')],
    ["with names, label first, as Kaggle's", [header('label'), ...first].join('\r\n')],
    ['with names, label last', [header('', 'class'), ...last].join('\n')],
    ['without names, label last', last.join('\n')],
    ['with a byte order mark and an empty line at the end', `\uFEFF${first.join('\n')}\n\n`],
    ['of semicolons', first.join('\n').replaceAll(',', ';')],
    ['of tabs, gzipped', gzipSync(first.join('\n').replaceAll(',', '\t'))],
    [
      'dark on light',
      rows.map(([label, pixels]) => [label, ...pixels.map((v) => 255 - v)].join(',')).join('\n'),
    ],
    ['of 0 to 1', rows.map(([label, pixels]) => [label, ...pixels.map((v) => v / 255)].join(',')).join('\n')],
    ['whose labels a table program wrote', first.map((row) => row.replace(',', '.0,')).join('\n')],
  ])('opens %s', async (_, text) => {
    const dataset = await openBytes('csv', 'x.csv', text)
    expect(labelsOf(dataset)).toEqual(['7', '0', '7'])
    expect(pixelsOf(dataset)).toEqual(expected)
  })

  it('may have labels that are no numbers, in quotes', async () => {
    const texts = ['"a,b"', '""""', '猫'].map((label) => [label, ...tinyPicture(255)].join(','))
    expect(labelsOf(await openBytes('csv', 'x.csv', texts.join('\n')))).toEqual(['a,b', '"', '猫'])
  })

  it.each([
    ['a row that is cut', [...first, first[0]?.slice(0, 20)].join('\n'), 'line 4', /fields, where 65/],
    [
      'a pixel that is NaN',
      [first[0], first[1]?.replace(',200,', ',NaN,')].join('\n'),
      'line 2, column 13',
      /NaN/,
    ],
    [
      'a pixel that is too large',
      [first[0], first[1]?.replace(',200,', ',256,')].join('\n'),
      'line 2',
      /256/,
    ],
    ['an empty pixel', [first[0], first[1]?.replace(',200,', ',,')].join('\n'), 'line 2', /""/],
    ['pixels that make no square', '1,2,3,4,5,6\n1,2,3,4,5,6', 'line 1', /square/],
    ['no label', Array.from({ length: 64 }, () => 0).join(','), 'line 1', /square/],
    ['an empty label', ['', ...tinyPicture(9)].join(','), 'line 1', /label/],
    ['a quote without an end', `"a,${tinyPicture(9).join(',')}`, 'line 1', /quote/],
    ['a label that is a book', ['a'.repeat(65), ...tinyPicture(9)].join(','), 'line 1', /64/],
  ])('is refused for %s', async (_, text, place, detail) => {
    const error: unknown = await openBytes('csv', 'x.csv', text).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'data-malformed', data: { detail: expect.stringMatching(detail) } })
    expect(error).toHaveProperty('data.place', expect.stringContaining(place))
    expect(error).toHaveProperty('data.file', expect.stringMatching(/x\.csv$/))
  })

  it('says where the rows leave the range that those before them had', async () => {
    const small = [0, ...tinyPicture(1)].join(',')
    const text = [...Array.from({ length: 300 }, () => small), [0, ...tinyPicture(2)].join(',')].join('\n')
    await expect(openBytes('csv', 'x.csv', text)).rejects.toMatchObject({
      data: { place: expect.stringContaining('line 301') as string },
    })
  })

  it('has codes of its own for an empty file and for names alone', async () => {
    await expect(openBytes('csv', 'x.csv', '')).rejects.toMatchObject({ code: 'file-empty' })
    await expect(openBytes('csv', 'x.csv', header('label'))).rejects.toMatchObject({ code: 'data-empty' })
  })
})
