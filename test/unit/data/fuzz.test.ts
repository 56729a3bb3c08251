import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/openDataset'
import { AppError } from '../../../src/shared/errors/appError'
import { gntBytes } from '../../fixtures/data/gntBytes'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { npyBytes, npzBytes } from '../../fixtures/data/npyBytes'
import { tinyInput, tinyPicture } from '../../fixtures/data/openBytes'
import { parquetBytes, pngBytes } from '../../fixtures/data/parquetBytes'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const pictures = [255, 200, 100, 90].map(tinyPicture)
const pngs = await Promise.all(pictures.map(pngBytes))
const ink =
  '{"label":"a","writer":1,"strokes":[[[0,0],[1,2,3],[4,5,6,0.5]]]}\n{"label":"b","strokes":[[[9,9]]]}\n'
const trace = '<trace xml:id="t">1 2 3,\'1\'1 4,"1"1 5,* * ?</trace>'
const inkml = `<?xml version="1.0" encoding="UTF-8"?><ink xmlns="http://www.w3.org/2003/InkML"><definitions><context xml:id="c"><traceFormat><channel name="X" units="mm"/><channel name="Y" units="cm" orientation="-ve"/><intermittentChannels><channel name="T" units="s"/></intermittentChannels></traceFormat></context></definitions><traceGroup contextRef="#c"><annotation type="truth">a&amp;</annotation>${trace}<traceView traceDataRef="#t"/></traceGroup></ink>`
const unipen =
  '.VERSION 1.0\n.COORD X Y T\n.WRITER_ID me\n.SEGMENT CHARACTER 0:1-2 ? "a"\n.PEN_DOWN\n1 2 3\n4 5 6\n.PEN_UP\n.DT 5\n.PEN_DOWN\n7 8 9\n.PEN_UP\n1 1 1\n.SEGMENT DIGIT ? "1"\n.PEN_DOWN\n7 8 9\n.PEN_UP\n'
const rows = pictures.map((pixels, at) => [at, ...pixels].join(',')).join('\n')
const gnt = Buffer.concat([gntBytes(Buffer.from('a\0'), 9, 12), gntBytes(Buffer.from([0xb0, 0xa1]), 7, 7)])
const names = ['a', 'b']

/** A good file of each kind, small, so that most damage hits what matters. */
const seeds: readonly [kind: string, name: string, bytes: Buffer][] = [
  ['ink', 'x.jsonl', Buffer.from(ink)],
  ['ink', 'x.jsonl.gz', gzipSync(ink)],
  ['idx', 'x', idxBytes([4, 8, 8], pictures.flat())],
  ['images', 'x.zip', zipBytes(Object.fromEntries(pngs.map((png, at) => [`${at % 2}/${at}.png`, png])))],
  ['csv', 'x.csv', Buffer.from(`label,${pictures[0]?.map((_, at) => `p${at}`).join(',') ?? ''}\n${rows}`)],
  [
    'npz',
    'x.npz',
    npzBytes({
      x: npyBytes('<f4', [4, 8, 8], Buffer.from(Float32Array.from(pictures.flat()).buffer)),
      y: npyBytes('<U2', [4], Buffer.alloc(32, 0x30)),
    }),
  ],
  [
    'npz',
    'x.npz',
    npzBytes({
      x: npyBytes('|u1', [4, 64], Buffer.from(pictures.flat()), { fortran: true }),
      y: npyBytes('|u1', [4], Buffer.from([1, 2, 3, 4])),
    }),
  ],
  ['parquet', 'x.parquet', parquetBytes(pngs, [0, 1, 0, 1], { names })],
  [
    'parquet',
    'x.parquet',
    parquetBytes([pngs[0] ?? null, ...pngs, ...pngs], [0, 0, 0, 0, 0, 0, 1, 1, 1], {
      names,
      codec: 'UNCOMPRESSED',
      rowGroupSize: 9,
    }),
  ],
  ['inkml', 'x.inkml', Buffer.from(inkml)],
  ['unipen', 'x.dat', Buffer.from(unipen)],
  ['gnt', 'x.gnt', gnt],
  ['gnt', 'x.zip', zipBytes({ '1.gnt': gnt, '2.gnt': gnt })],
]

type Damage = (bytes: Buffer) => Buffer
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const damage: fc.Arbitrary<Damage> = fc.oneof(
  place.map(
    (share): Damage =>
      (bytes) =>
        bytes.subarray(0, Math.floor(share * bytes.length)),
  ),
  fc
    .array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
    .map((flips): Damage => (bytes) => {
      const flipped = Buffer.from(bytes)
      for (const [share, value] of flips) flipped[Math.floor(share * bytes.length)] = value
      return flipped
    }),
  // One bit of one byte: lengths and counts grow by it most.
  fc.tuple(place, fc.integer({ min: 0, max: 7 })).map(([share, bit]): Damage => (bytes) => {
    const flipped = Buffer.from(bytes)
    const at = Math.floor(share * bytes.length)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
    return flipped
  }),
  fc.tuple(place, place).map(
    ([from, to]): Damage =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, from * bytes.length), bytes.subarray(to * bytes.length)]),
  ),
  fc.uint8Array({ maxLength: 300 }).map(
    (noise): Damage =>
      () =>
        Buffer.from(noise),
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 16 })).map(([share, noise]): Damage => (bytes) => {
    const at = Math.floor(share * bytes.length)
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)])
  }),
)
const dataCodes = ['data-malformed', 'data-empty', 'data-too-large', 'file-empty', 'file-unreadable']
const runs = Number(process.env.LONGHAND_FUZZ_RUNS ?? 150)

describe('a damaged file', () => {
  it.each(seeds)('as %s: (%s) opens, or is refused with a code of data', async (kind, name, good) => {
    const folder = await temporaryFolder()
    const file = join(folder, name)
    const labels = join(folder, 'labels')
    await writeFile(labels, idxBytes([4], [1, 2, 3, 4]))
    const reference = kind === 'idx' ? `idx:${file},${labels}` : `${kind}:${file}`
    await writeFile(file, good)
    expect((await openDataset(reference, tinyInput)).count).toBeGreaterThan(0)
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(damage, async (hurt) => {
        await writeFile(file, hurt(good))
        try {
          const { count, labelIndex } = await openDataset(reference, tinyInput)
          expect(count).toBe(labelIndex.length)
        } catch (thrown) {
          if (!(thrown instanceof AppError)) throw thrown
          const { code } = thrown as AppError
          expect(dataCodes).toContain(code)
        }
      }),
      { numRuns: runs },
    )
    // Files of some kilobytes: what grows by gigabytes took a length's word for it.
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30)
  })
})

describe('a folder of many empty folders', () => {
  it.each(['images', 'inkml', 'unipen', 'gnt'])('as %s: is empty data', async (kind) => {
    const folder = await temporaryFolder()
    for (let at = 0; at < 200; at++)
      await mkdir(join(folder, String(at % 7), String(at)), { recursive: true })
    await expect(openDataset(`${kind}:${folder}`, tinyInput)).rejects.toMatchObject({ code: 'data-empty' })
  })
})

describe('opening data', () => {
  it.each(seeds)('of %s: (%s) is cancelled by its signal', async (kind, name, good) => {
    const file = join(await temporaryFolder(), name)
    await writeFile(file, good)
    const reference = kind === 'idx' ? `idx:${file},${file}` : `${kind}:${file}`
    await expect(openDataset(reference, tinyInput, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
