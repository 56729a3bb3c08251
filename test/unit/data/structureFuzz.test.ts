import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { checkOpening } from '../../fixtures/data/checkOpening'
import { gntBytes } from '../../fixtures/data/gntBytes'
import { idxBytes } from '../../fixtures/data/idxBytes'
import { npyBytes, npzBytes } from '../../fixtures/data/npyBytes'
import { tinyPicture } from '../../fixtures/data/openBytes'
import { parquetBytes, pngBytes } from '../../fixtures/data/parquetBytes'
import { zipBytes } from '../../fixtures/data/zipBytes'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/*
 * Files that are well formed on the outside and wrong within: checksums, lengths and brackets hold, so that what is wrong
 * reaches the very reader of it. fuzz.test.ts damages the bytes.
 */

interface Files {
  readonly main: Uint8Array | string
  /** Of `idx`. */
  readonly labels?: Uint8Array
}
type Variant = readonly [kind: string, name: string, files: fc.Arbitrary<Files | Promise<Files>>]

const tiny = tinyPicture(200)
const png = await pngBytes(tiny)
const maybeGzip = (text: fc.Arbitrary<string | Uint8Array>): fc.Arbitrary<Files> =>
  fc.tuple(text, fc.boolean()).map(([main, zipped]) => ({ main: zipped ? gzipSync(main) : main }))
/** Mostly what belongs there, now and then something else. */
const mostly = (usual: unknown, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })
const oddNumber = fc.oneof(fc.constantFrom(0, -1, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, 0.5), fc.integer())
const oddJson = fc.oneof(fc.jsonValue(), oddNumber)
const text = (value: unknown): string => (typeof value === 'string' ? value : String(value))
const lines = (line: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(line, { maxLength: 8 }).map((all) => all.join('\n'))

const inkLine = fc
  .record({
    label: mostly('a', oddJson),
    writer: mostly(1, oddJson),
    strokes: mostly(
      [
        [
          [0, 0],
          [1, 2, 3],
        ],
      ],
      fc.array(fc.array(fc.array(oddJson, { maxLength: 5 }), { maxLength: 3 }), { maxLength: 3 }),
    ),
  })
  .map((value) => JSON.stringify(value).replaceAll('1e+308', '1e999'))

const cell = mostly(
  '7',
  fc.constantFrom('', 'NaN', 'Infinity', '-1', '256', '1e9', '0x10', '"', '"a', '0.5', ' ', ';', '\t'),
)
const csvRow = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.array(cell, { minLength: 1, maxLength: 6 }))
  .map(([at, odd]) => {
    const cells = ['3', ...tiny.map(String)]
    cells.splice(at, at % 3 === 0 ? odd.length : 1, ...odd.map(text))
    return cells.join(',')
  })
const goodRow = ['3', ...tiny].join(',')

const side = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 2 ** 16, 2 ** 31, 2 ** 32 - 1) },
)
const idxFiles = fc
  .record({
    shape: fc
      .array(side, { minLength: 1, maxLength: 4 })
      .map((sides) => [2, 8, 8].map((usual, at) => (sides[at] === undefined || at % 2 ? usual : sides[at]))),
    count: fc.integer({ min: 0, max: 3 }),
    length: mostly(128, fc.integer({ min: 0, max: 300 })),
    zipped: fc.boolean(),
  })
  .map(({ shape, count, length, zipped }): Files => {
    const images = idxBytes(shape, new Uint8Array(Number(length)).fill(9))
    return { main: zipped ? gzipSync(images) : images, labels: idxBytes([count], new Uint8Array(count)) }
  })

const memberName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a/1.png', 'a/2.png', 'x/b/3.png', 'dataset.json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '../a/1.png',
      '/a/1.png',
      'C:/a/1.png',
      'a/..\\1.png',
      '1.png',
      'a//.png',
      'a/\u0000.png',
      '__MACOSX/a/1.png',
      `${'d/'.repeat(300)}1.png`,
      'é/1.png',
      ' /1.png',
    ),
  },
)
const memberBytes = fc.oneof(
  { weight: 3, arbitrary: fc.constant(png) },
  { weight: 1, arbitrary: fc.nat({ max: png.length }).map((length) => png.subarray(0, length)) },
  { weight: 1, arbitrary: fc.constantFrom(30_000, 65_536, 2 ** 31 - 1).map((size) => resized(size)) },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))) },
)
const members = fc.dictionary(memberName, memberBytes, { maxKeys: 4 })

/** A PNG whose header says another size; its checksum is of the old one, which some readers do not look at. */
function resized(size: number): Buffer {
  const picture = Buffer.from(png)
  picture.writeUInt32BE(size, 16)
  picture.writeUInt32BE(size, 20)
  return picture
}

const zipFiles = fc
  .tuple(members, fc.option(fc.constantFrom(0, 1, 2 ** 26, 2 ** 32 - 2)))
  .map(([all, claimed]): Files => {
    const [first] = Object.keys(all)
    return { main: zipBytes(all, claimed === null || first === undefined ? {} : { [first]: claimed }) }
  })

const tarFiles = fc.tuple(members, fc.boolean()).map(async ([all, zipped]): Promise<Files> => {
  const archive = pack()
  for (const [name, bytes] of Object.entries(all)) archive.entry({ name }, bytes)
  archive.finalize()
  const main = await buffer(archive)
  return { main: zipped ? gzipSync(main) : main }
})

const npyShape = fc.array(fc.oneof(fc.constantFrom(2, 8), fc.constantFrom(0, 1, 3, 64, 10 ** 9, 2 ** 53)), {
  maxLength: 4,
})
const npzFiles = fc
  .record({
    descr: fc.constantFrom('|u1', '<f4', '>i2', '<f8', '<i8', '|b1', '|O', '<U3', '|S2', '<c8', '<f2'),
    shape: fc.oneof(fc.constant([2, 8, 8]), npyShape),
    body: fc.constantFrom(0, 127, 128, 256, 512, 1024),
    fill: fc.constantFrom(0, 1, 0x7f, 0xff),
    labels: fc.constantFrom('<U1', '|u1', '<f8', '|O', '|S1'),
    names: fc.constantFrom(['x', 'y'], ['x_train', 'y_train'], ['a', 'b'], ['images', 'labels']),
    fortran: fc.boolean(),
    version: fc.constantFrom(1, 2, 3, 200),
  })
  .map(({ descr, shape, body, fill, labels, names: [x = '', y = ''], fortran, version }): Files => {
    const pictures = npyBytes(descr, shape, new Uint8Array(body).fill(fill), { fortran, version })
    const size = { '<U1': 4, '|u1': 1, '<f8': 8, '|O': 8, '|S1': 1 }[labels]
    return {
      main: npzBytes({ [x]: pictures, [y]: npyBytes(labels, [2], new Uint8Array(2 * size).fill(fill)) }),
    }
  })

const parquetFiles = fc
  .record({
    pictures: fc.array(fc.option(memberBytes), { minLength: 1, maxLength: 5 }),
    labels: fc.array(fc.option(fc.integer({ min: -2, max: 3 })), { minLength: 5, maxLength: 5 }),
    names: fc.option(fc.array(fc.string({ maxLength: 70 }), { maxLength: 4 })),
    codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
    metadata: fc.option(oddJson),
  })
  .map(({ pictures, labels, names, codec, metadata }): Files => ({
    main: parquetBytes(pictures, labels.slice(0, pictures.length), {
      codec,
      names,
      ...(metadata !== null && { kvMetadata: [{ key: 'huggingface', value: JSON.stringify(metadata) }] }),
    }),
  }))

const traceToken = fc.constantFrom(
  '1',
  '2 3',
  "'1",
  '"1',
  '!4',
  '*',
  '?',
  '#1f',
  'T',
  'F',
  ',',
  ',',
  ',',
  '1e400',
  '-',
  '-1',
  'x',
  '.5',
  '',
)
const traceText = fc.oneof(
  { weight: 4, arbitrary: fc.constant('1 2, 3 4') },
  { weight: 1, arbitrary: fc.array(traceToken, { maxLength: 12 }).map((tokens) => tokens.join(' ')) },
)
const channel = fc
  .record({
    name: fc.constantFrom('X', 'Y', 'T', 'F', 'Z', '', 'X'),
    type: fc.constantFrom('integer', 'decimal', 'boolean', 'odd'),
    units: fc.constantFrom('mm', 'dev', 's', 'parsec', ''),
    orientation: fc.constantFrom('+ve', '-ve'),
  })
  .map(
    (all) =>
      `<channel ${Object.entries(all)
        .map(([key, value]) => `${key}="${value}"`)
        .join(' ')}/>`,
  )
const reference = fc.oneof(
  { weight: 3, arbitrary: fc.constant('#t') },
  { weight: 1, arbitrary: fc.constantFrom('#g', '#c', '#', 'http://a/b', '#x y') },
)
const inkmlFiles = maybeGzip(
  fc
    .record({
      channels: fc.oneof(
        fc.constant(['<channel name="X"/>', '<channel name="Y"/>']),
        fc.array(channel, { maxLength: 5 }),
      ),
      traces: fc.array(traceText, { maxLength: 4 }),
      truth: mostly('a', fc.constantFrom('', '&amp;', 'x'.repeat(90))),
      refs: fc.array(reference, { minLength: 2, maxLength: 2 }),
      depth: fc.constantFrom(0, 0, 0, 3, 2000),
      type: fc.constantFrom('truth', 'label', 'odd'),
    })
    .map(({ channels, traces, truth, refs, depth, type }) => {
      const inner = traces
        .map((trace, at) => `<trace xml:id="t${at || ''}" contextRef="#c">${trace}</trace>`)
        .join('')
      const view = `<traceView xml:id="g" traceDataRef="${refs[1]}"/>`
      const group = `<traceGroup contextRef="#c"><annotation type="${type}">${text(truth)}</annotation>${inner}${view}</traceGroup>`
      const parent = refs[0] === '#t' ? '' : ` contextRef="${refs[0]}"`
      return `<ink xmlns="http://www.w3.org/2003/InkML"><definitions><context xml:id="c"${parent}><traceFormat>${channels.join('')}</traceFormat></context></definitions>${'<traceGroup>'.repeat(depth)}${group}${'</traceGroup>'.repeat(depth)}</ink>`
    }),
)

const unipenLine = fc.constantFrom(
  ...[
    '.COORD X Y',
    '.COORD T',
    '.COORD Y X T Z',
    '.PEN_DOWN',
    '.PEN_UP',
    '1 2',
    '3 4',
    '5',
    '1e400 2',
    'x y',
    '-1 -2',
    '.DT 5',
  ],
  ...[
    '.SEGMENT CHARACTER 0 ? "a"',
    '.SEGMENT DIGIT 0-1,0:1-0:0 OK "1"',
    '.SEGMENT CHARACTER 999999999-3 ? "b"',
    '.SEGMENT CHARACTER 0-999999999 ? "c"',
  ],
  ...[
    '.SEGMENT CHARACTER ? "d"',
    '.SEGMENT CHARACTER 0 ? "',
    '.SEGMENT WORD 0 ? "no"',
    '.SEGMENT CHARACTER 0 ? ""',
    '.SEGMENT CHARACTER - ? "x"',
  ],
  ...[
    '.WRITER_ID me',
    '.WRITER_ID',
    '.INCLUDE x.dat',
    '.INCLUDE ../x.dat',
    '.INCLUDE /etc/passwd',
    '.',
    '..',
    '',
  ],
)

const unipenBlock = fc.oneof(
  { weight: 5, arbitrary: fc.constant('.SEGMENT CHARACTER ? "d"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n5 6') },
  { weight: 1, arbitrary: unipenLine },
)
const unipenFiles = maybeGzip(
  fc.array(unipenBlock, { minLength: 1, maxLength: 6 }).map((all) => `.COORD X Y\n${all.join('\n')}`),
)

const gntFiles = fc
  .array(
    fc.record({
      tag: fc.constantFrom('a\0', '\0\0', '\xb0\xa1', '\xff\xff', '\x80\x00', ' \0'),
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 12 }),
      claim: fc.option(
        fc.record({ at: fc.constantFrom(0, 6, 8), value: fc.constantFrom(0, 1, 9, 0x7fff, 0xffff) }),
      ),
    }),
    { maxLength: 4 },
  )
  .map((records): Files => {
    const all = records.map(({ tag, width, height, claim }) => {
      const bytes = gntBytes(Buffer.from(tag, 'latin1'), width, height)
      if (claim) bytes.writeUInt16LE(claim.value, claim.at)
      return bytes
    })
    return { main: Buffer.concat(all) }
  })

const variants: readonly Variant[] = [
  ['ink', 'x.jsonl', maybeGzip(lines(inkLine))],
  ['csv', 'x.csv', maybeGzip(lines(fc.oneof(fc.constant(goodRow), csvRow)))],
  ['idx', 'x', idxFiles],
  ['images', 'x.zip', zipFiles],
  ['images', 'x.tar', tarFiles],
  ['npz', 'x.npz', npzFiles],
  ['parquet', 'x.parquet', parquetFiles],
  ['inkml', 'x.inkml', inkmlFiles],
  ['unipen', 'x.dat', unipenFiles],
  ['gnt', 'x.gnt', gntFiles],
]
const runs = Number(process.env.LONGHAND_FUZZ_RUNS ?? 150)

describe('a file that is wrong within', () => {
  it.each(variants)(
    'as %s: (%s) opens, or is refused with its file and place',
    async (kind, name, arbitrary) => {
      const folder = await temporaryFolder()
      const file = join(folder, name)
      const labelFile = join(folder, 'labels')
      const outcomes = new Map<string | null, number>()
      const before = process.memoryUsage().rss
      await fc.assert(
        fc.asyncProperty(arbitrary, async (made) => {
          const { main, labels } = await made
          await writeFile(file, main)
          if (labels) await writeFile(labelFile, labels)
          const outcome = await checkOpening(labels ? `idx:${file},${labelFile}` : `${kind}:${file}`)
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        }),
        { numRuns: runs, seed: 5 },
      )
      // Files of some kilobytes: what grows by gigabytes took a length's word for it.
      expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30)
      // What only ever refuses, or only ever opens, tells nothing.
      expect(outcomes.get(null)).toBeGreaterThan(0)
      expect(outcomes.get('data-malformed')).toBeGreaterThan(0)
    },
  )
})
