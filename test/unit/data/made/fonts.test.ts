import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unpackWoff } from '../../../../src/main/data/fonts/unpackWoff'
import { skeletonStrokes } from '../../../../src/main/data/fonts/skeletonStrokes'
import { thin } from '../../../../src/main/data/fonts/thin'
import { openDataset } from '../../../../src/main/data/openDataset'
import { distanceToMask } from '../../../../src/shared/image/distanceTransform'
import { inkBounds } from '../../../../src/shared/ink/bounds'
import type { Ink, Point } from '../../../../src/shared/ink/ink'
import { digitsInput } from '../../../fixtures/data/digitsInput'
import { temporaryFolder } from '../../../fixtures/temporaryFolder'

/** The parts of the app's own font that hold these characters. */
const parts = ['116', '117', '119'].map((part) => `noto-sans-sc-${part}-wght-normal.woff2`)
const fontFolder = 'node_modules/@fontsource-variable/noto-sans-sc/files'

/** The ink of each character of the font, in a folder as a package of fonts has it. */
async function fontInks(characters: string): Promise<{ inks: Record<string, Ink>; writers: unknown }> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'files'))
  for (const part of parts) await copyFile(join(fontFolder, part), join(folder, 'files', part))
  const { labels, labelIndex, writers, content } = await openDataset(
    `fonts:${folder}#${characters}`,
    digitsInput,
  )
  if (content.kind !== 'ink') throw new Error('fonts give ink')
  const inks = content.inks.map((ink, at): [string, Ink] => [labels[labelIndex[at] ?? -1] ?? '', ink])
  return { inks: Object.fromEntries(inks), writers }
}

const sides = (ink: Ink): [number, number] => {
  const bounds = inkBounds(ink)
  return [bounds?.width ?? 0, bounds?.height ?? 0]
}

describe('characters of a font', () => {
  it('become the lines that a pen would draw, followed straight through their crossings', async () => {
    const { inks } = await fontInks('一十')
    expect(inks['一']).toHaveLength(1)
    expect(inks['十']).toHaveLength(2)
    const [first = [], second = []] = inks['十'] ?? []
    const lengths = [first, second].map((stroke) => sides([stroke]))
    expect(lengths.filter(([width, height]) => width > 80 && height < 8)).toHaveLength(1)
    expect(lengths.filter(([width, height]) => height > 80 && width < 8)).toHaveLength(1)
  })

  it('that are closed become closed lines', async () => {
    const { inks } = await fontInks('口')
    const points = (inks['口'] ?? []).flat()
    const [width, height] = sides([points])
    // Nothing but the frame: no point lies in the middle.
    const { left = 0, top = 0 } = inkBounds([points]) ?? {}
    const inside = points.filter(
      ([x, y]) => Math.abs(x - left - width / 2) < width / 4 && Math.abs(y - top - height / 2) < height / 4,
    )
    expect([points.length > 30, inside.length]).toEqual([true, 0])
  })

  it('have their face for a writer', async () => {
    const { writers } = await fontInks('一')
    expect(writers).toEqual(['NotoSansSC-Thin'])
  })

  it('are refused by the name of a file that is no font', async () => {
    const broken = await temporaryFolder()
    await writeFile(join(broken, 'a.woff'), 'no font')
    await expect(openDataset(`fonts:${broken}#一`, digitsInput)).rejects.toMatchObject({
      code: 'data-malformed',
      data: { file: join(broken, 'a.woff') },
    })
  })
})

describe('a WOFF file', () => {
  it('is unpacked to the font that was packed', () => {
    // One table of 4 bytes that is stored as it is.
    const woff = Buffer.alloc(44 + 20 + 4)
    woff.write('wOFF', 0, 'latin1')
    woff.writeUInt32BE(0x00010000, 4)
    woff.writeUInt16BE(1, 12)
    woff.write('head', 44, 'latin1')
    for (const [at, value] of [
      [48, 64],
      [52, 4],
      [56, 4],
    ] as const)
      woff.writeUInt32BE(value, at)
    woff.writeUInt32BE(0xcafe, 64)
    const font = unpackWoff(woff)
    expect(font.readUInt32BE(0)).toBe(0x00010000)
    expect(font.toString('latin1', 12, 16)).toBe('head')
    expect([font.readUInt32BE(20), font.readUInt32BE(28)]).toEqual([28, 0xcafe])
    expect(() => unpackWoff(woff.subarray(0, 66))).toThrow(RangeError)
  })
})

describe('a skeleton', () => {
  /** A picture in which `#` is ink, every letter as wide and high as `scale` pixels, in an empty frame. */
  function strokesOf(rows: readonly string[], scale: number): Point[][] {
    const width = (rows[0]?.length ?? 0) * scale + 8
    const height = rows.length * scale + 8
    const mask = Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [
        Math.floor(((at % width) - 4) / scale),
        Math.floor((Math.floor(at / width) - 4) / scale),
      ]
      return rows[y]?.[x] === '#' ? 1 : 0
    })
    const halfWidth = distanceToMask(
      mask.map((value) => 1 - value),
      width,
      height,
    )
    thin(mask, width)
    return skeletonStrokes(mask, halfWidth, width)
  }

  it.each([
    ['a bar', ['.......', '#######', '.......'], 1],
    ['a T', ['#######', '...#...', '...#...', '...#...'], 2],
    ['a cross', ['...#...', '...#...', '#######', '...#...', '...#...'], 2],
    ['an L', ['#......', '#......', '#......', '#######'], 1],
    ['a ring', ['#####', '#...#', '#...#', '#####'], 1],
    ['two bars', ['#######', '.......', '#######'], 2],
  ])('of %s has as many strokes as it is drawn with', (_, rows, strokes) => {
    expect(strokesOf(rows, 9)).toHaveLength(strokes)
  })

  it('of a stout bar has no spurs at its corners', () => {
    const [stroke = [], ...more] = strokesOf(['####', '####'], 10)
    expect(more).toEqual([])
    const [, height] = sides([stroke])
    expect(height).toBeLessThan(6)
  })
})
