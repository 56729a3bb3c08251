import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../src/main/data/openSource'
import { emptyTally, incomingSamples } from '../../../src/main/data/stored/incomingSamples'
import { importRequestSchema } from '../../../src/shared/contract/sampleImport'
import { gntBytes } from '../../fixtures/data/gntBytes'
import { npyBytes, npzBytes } from '../../fixtures/data/npyBytes'
import { tinyPicture } from '../../fixtures/data/openBytes'
import { parquetBytes, pngBytes } from '../../fixtures/data/parquetBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

const csv = (...rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\n')
const trace = (label: string, points: string) =>
  `<traceGroup><annotation type="truth">${label}</annotation><trace>${points}</trace></traceGroup>`
const long = 'x'.repeat(65)
const nine = Buffer.from('9\0')
const png = await pngBytes(tinyPicture(255))

/** Three samples of each format, of which the second cannot be read; where that is told. */
const broken: readonly [string, string, Uint8Array | string, RegExp][] = [
  [
    'csv',
    'x.csv',
    csv(['7', ...tinyPicture(255)], ['7', ...tinyPicture(200), 5], ['9', ...tinyPicture(255)]),
    /^line 2$/,
  ],
  [
    'csv',
    'y.csv',
    csv(['7', ...tinyPicture(255)], ['7', ...tinyPicture(200).with(20, 999)], ['9', ...tinyPicture(255)]),
    /^line 2, column 22$/,
  ],
  [
    'gnt',
    'x.gnt',
    Buffer.concat([
      gntBytes(Buffer.from('7\0'), 9, 9),
      gntBytes(Buffer.from([0xff, 0xff]), 9, 9),
      gntBytes(nine, 9, 9),
    ]),
    /^byte 95$/,
  ],
  [
    'inkml',
    'x.inkml',
    `<ink xmlns="http://www.w3.org/2003/InkML">\n${trace('7', '1 2, 3 4')}\n${trace(long, '1 2')}\n${trace('9', '5 6')}</ink>`,
    /^line 3$/,
  ],
  [
    'unipen',
    'x.dat',
    `.VERSION 1.0\n.COORD X Y\n.PEN_DOWN\n 1 2\n 3 4\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "7"\n.SEGMENT CHARACTER 0 ? "${long}"\n.SEGMENT CHARACTER 0 ? "9"\n`,
    /^line 8$/,
  ],
  ['parquet', 'x.parquet', parquetBytes([png, Buffer.from('no picture'), png], [7, 7, 9]), /^row 1$/],
  [
    'npz',
    'x.npz',
    npzBytes({
      x: npyBytes(
        '|u1',
        [3, 8, 8],
        Uint8Array.from([...tinyPicture(255), ...tinyPicture(200), ...tinyPicture(100)]),
      ),
      y: npyBytes('|S1', [3], Buffer.from('7\x009', 'latin1')),
    }),
    /element 1$/,
  ],
]

async function written(name: string, bytes: Uint8Array | string): Promise<string> {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, bytes)
  return file
}

describe('a sample that cannot be read', () => {
  it.each(broken)(
    'of %s (%s) is told of and left out, and the others are read',
    async (kind, name, bytes, place) => {
      const source = await openSource(`${kind}:${await written(name, bytes)}`)
      const labels: string[] = []
      const places: unknown[] = []
      const notes = {
        turned: () => undefined,
        problem: ({ data }: { data: object }) => void places.push('place' in data && data.place),
      }
      for await (const { label } of source.read(undefined, notes)) labels.push(label)
      expect(labels).toEqual(['7', '9'])
      expect(places).toEqual([expect.stringMatching(place)])
    },
  )

  it.each(broken)(
    'of %s (%s) is refused with all the others where nobody wants it left out',
    async (kind, name, bytes) => {
      const source = await openSource(`${kind}:${await written(name, bytes)}`)
      const readAll = async () => {
        for await (const sample of source.read()) expect(sample.label).not.toBe(long)
      }
      await expect(readAll()).rejects.toMatchObject({ code: 'data-malformed' })
    },
  )

  it('is one of many that are counted, of which the first are told', async () => {
    const rows = Array.from({ length: 300 }, (_, at) =>
      at % 2 === 0 ? ['7', ...tinyPicture(at % 255)] : ['7', 1],
    )
    const file = await written('x.csv', csv(...rows))
    const request = importRequestSchema.parse({ sources: [{ data: `csv:${file}` }], dataset: 'x' })
    const tally = emptyTally()
    const { signal } = new AbortController()
    let samples = 0
    for await (const _ of incomingSamples(request, new Set(), tally, true, signal)) samples++
    expect([samples, tally.problemCount, tally.problems.length]).toEqual([150 - tally.duplicates, 150, 100])
  })
})
