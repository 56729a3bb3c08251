import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../../src/main/data/dataset'
import { openDataset } from '../../../../src/main/data/openDataset'
import { inksOf, labelsOf, openBytes, tinyInput } from '../../../fixtures/data/openBytes'
import { temporaryFolder } from '../../../fixtures/temporaryFolder'

const open = (text: string): Promise<Dataset> =>
  openBytes('unipen', 'x.dat', `.VERSION 1.0\n.COORD X Y\n${text}`)
const strokes = '.PEN_DOWN\n 1 2\n 3 4\n.PEN_UP\n.PEN_DOWN\n\t5\t6\n.PEN_UP\n.PEN_DOWN\n7 8\n.PEN_UP\n'

async function openFiles(path: string, files: Readonly<Record<string, string>>): Promise<Dataset> {
  const folder = await temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return openDataset(`unipen:${join(folder, path)}`, tinyInput)
}

describe('UNIPEN', () => {
  it('opens segments by their components, y turned downwards', async () => {
    const dataset = await open(`${strokes}.SEGMENT CHARACTER 0-1 ? "a"\n.SEGMENT CHARACTER 2 OK "b"\n`)
    expect(labelsOf(dataset)).toEqual(['a', 'b'])
    expect(inksOf(dataset)).toEqual([
      [
        [
          [1, -2],
          [3, -4],
        ],
        [[5, -6]],
      ],
      [[[7, -8]]],
    ])
  })

  it.each<[string, string, unknown]>([
    ['a range of points', `${strokes}.SEGMENT CHARACTER 0:1-1:0 ? "a"`, [[[[3, -4]], [[5, -6]]]]],
    [
      'a list of ranges',
      `${strokes}.SEGMENT CHARACTER 0,2 ? "a"`,
      [
        [
          [
            [1, -2],
            [3, -4],
          ],
          [[7, -8]],
        ],
      ],
    ],
    ['segments that come first', `.SEGMENT CHARACTER 2 ? "a"\n${strokes}`, [[[[7, -8]]]]],
    [
      'segments without components, which mean those that follow',
      `.SEGMENT DIGIT ? "1"\n.COMMENT 1 2 3\n.PEN_DOWN\n1 1\n.PEN_UP\n.SEGMENT DIGIT ? "2"\n.PEN_DOWN\n2 2\n.PEN_UP\n`,
      [[[[1, -1]]], [[[2, -2]]]],
    ],
    [
      'the pen in the air as a component where it was followed',
      '.PEN_DOWN\n1 1\n.PEN_UP\n9 9\n.PEN_DOWN\n2 2\n.PEN_UP\n.SEGMENT CHARACTER 0-2 ? "a"',
      [[[[1, -1]], [[2, -2]]]],
    ],
    [
      'other columns',
      '.COORD T Y P X\n.PEN_DOWN\n5 2 0 1\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "a"',
      [[[[1, -2, 5]]]],
    ],
    [
      'points that share a line',
      '.PEN_DOWN 1 2 3 4\n5 6\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "a"',
      [
        [
          [
            [1, -2],
            [3, -4],
            [5, -6],
          ],
        ],
      ],
    ],
    [
      'only what is a character, has a label and is not bad',
      `${strokes}.SEGMENT WORD 0-1 ? "ab"\n.SEGMENT CHARACTER 0 BAD "x"\n.SEGMENT CHARACTER 1\n.SEGMENT CHARACTER 2 ? "a"`,
      [[[[7, -8]]]],
    ],
  ])('reads %s', async (_, text, inks) => {
    expect(inksOf(await open(text))).toEqual(inks)
  })

  it('reads labels with quotes, and writers', async () => {
    const text = `.WRITER_ID Ann B\n${strokes}.SEGMENT CHARACTER 0 ? "\\""\n.SEGMENT CHARACTER 1 ? """\n.SEGMENT CHARACTER 2 ? "\\\\"`
    const dataset = await open(text)
    expect(labelsOf(dataset)).toEqual(['"', '"', '\\'])
    expect(dataset.writers).toEqual(['Ann B', 'Ann B', 'Ann B'])
  })

  it('includes files of its folder, and of a folder named include above it, as train_r01_v07 has', async () => {
    const files = {
      'data/1a/abc/x.dat':
        '.VERSION 1.0\n.INCLUDE abc/x.doc\n.INCLUDE abc/data/x.dat\n.INCLUDE more.dat\n.SEGMENT CHARACTER 3 ? "b"\n',
      'data/1a/abc/more.dat': '.PEN_DOWN\n0 9\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "a"\n',
      'include/abc/x.doc': '.COORD X Y\n.COMMENT hello\n',
      'include/abc/data/x.dat': strokes,
    }
    const dataset = await openFiles('data/1a/abc/x.dat', files)
    expect([labelsOf(dataset), inksOf(dataset)]).toEqual([
      ['a', 'b'],
      [
        [
          [
            [1, -2],
            [3, -4],
          ],
        ],
        [[[0, -9]]],
      ],
    ])
    expect(labelsOf(await openFiles('data', files))).toEqual(['a', 'a', 'b'])
  })

  it.each([
    ['above its folder', '../secret.dat'],
    ['by its whole path', '/etc/hostname'],
    ["by a drive's letter", 'C:\\secret.dat'],
    ['that is not there', 'none.dat'],
    ['over a link', 'link.dat'],
  ])('does not include a file %s', async (_, name) => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'in'))
    await writeFile(join(folder, 'secret.dat'), strokes)
    await writeFile(join(folder, 'in', 'x.dat'), `.COMMENT\n.INCLUDE ${name}\n`)
    await symlink(join(folder, 'secret.dat'), join(folder, 'in', 'link.dat'))
    await expect(openDataset(`unipen:${join(folder, 'in', 'x.dat')}`, tinyInput)).rejects.toMatchObject({
      code: 'data-malformed',
      data: { place: 'line 2', file: join(folder, 'in', 'x.dat') },
    })
  })

  it.each<[string, string, string, RegExp]>([
    ['a component that is not there', `${strokes}.SEGMENT CHARACTER 2-3 ? "a"`, 'line 13', /component 3/],
    ['a number that is none', '.PEN_DOWN\n1 x\n', 'line 4', /"x"/],
    ['NaN', '.PEN_DOWN\n1 NaN\n', 'line 4', /NaN/],
    ['half a point', '.PEN_DOWN\n1 2\n3\n.PEN_UP\n', 'line 6', /cut off/],
    ['a label without an end', '.SEGMENT CHARACTER 0 ? "a\n', 'line 3', /quote/],
    ['components that are none', '.SEGMENT CHARACTER 0-- ? "a"\n', 'line 3', /"0--"/],
    ['columns without x', '.COORD Y T\n', 'line 3', /X and Y/],
    ['a segment of no stroke', '.SEGMENT CHARACTER ? "a"\n', 'line 3', /stroke/],
    [
      'a coordinate out of this world',
      '.PEN_DOWN\n1e9 1\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "a"',
      'line 6',
      /./,
    ],
    ['itself in itself', '.INCLUDE x.dat\n', 'line 3', /8 deep/],
  ])('is refused for %s', async (_, text, place, detail) => {
    const error: unknown = await open(text).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'data-malformed',
      data: { place, detail: expect.stringMatching(detail) },
    })
  })

  it('whose segments name the same points for ever is refused', async () => {
    const stroke = `.PEN_DOWN\n${'1 2\n'.repeat(19_000)}.PEN_UP\n`
    const text = stroke + '.SEGMENT CHARACTER 0 ? "a"\n'.repeat(1_200)
    await expect(open(text)).rejects.toMatchObject({
      data: { detail: expect.stringMatching(/points/) as string },
    })
  })

  it('has codes of its own for an empty file, and for one without a character', async () => {
    await expect(openBytes('unipen', 'x.dat', '')).rejects.toMatchObject({ code: 'file-empty' })
    await expect(open(strokes)).rejects.toMatchObject({ code: 'data-empty' })
  })
})
