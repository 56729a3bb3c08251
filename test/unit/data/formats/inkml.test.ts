import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../../src/main/data/openDataset'
import { inksOf, labelsOf, openBytes, tinyInput } from '../../../fixtures/data/openBytes'
import { temporaryFolder } from '../../../fixtures/temporaryFolder'

const ink = (content: string): string => `<ink xmlns="http://www.w3.org/2003/InkML">${content}</ink>`
const labelled = (traces: string, label = 'a'): string =>
  `<traceGroup><annotation type="truth">${label}</annotation>${traces}</traceGroup>`
const open = (content: string) => openBytes('inkml', 'x.inkml', ink(content))
/** The strokes of one sample. */
const strokesOf = async (content: string): Promise<unknown> => (inksOf(await open(content)) as unknown[])[0]
const channels = (...described: string[]): string =>
  `<traceFormat>${described.map((each) => `<channel ${each}/>`).join('')}</traceFormat>`

describe('InkML', () => {
  it('opens groups with their labels and writers', async () => {
    const dataset = await open(
      labelled('<annotation type="writer">Ann</annotation><trace>1 2, 3 4</trace><trace>5 6</trace>') +
        labelled('<trace>0 0,-1.5 .5</trace>', '&lt;猫&#x3e;'),
    )
    expect(labelsOf(dataset)).toEqual(['a', '<猫>'])
    expect(dataset.writers).toEqual(['Ann', null])
    expect(inksOf(dataset)).toEqual([
      [
        [
          [1, 2],
          [3, 4],
        ],
        [[5, 6]],
      ],
      [
        [
          [0, 0],
          [-1.5, 0.5],
        ],
      ],
    ])
  })

  it('may label the whole file, the innermost groups, or views of traces by name', async () => {
    expect(labelsOf(await open('<annotation type="label">x</annotation><trace>1 1</trace>'))).toEqual(['x'])
    const nested = labelled(labelled('<trace>1 1</trace>', 'b') + labelled('<trace>2 2</trace>', 'c'), 'word')
    expect(labelsOf(await open(nested))).toEqual(['b', 'c'])
    // As in CROHME: traces first, then groups that refer to them.
    const views = await open(
      `<annotation type="truth">$x+y$</annotation><trace id="0">1 1</trace><trace id="1">2 2</trace>${labelled(
        labelled('<traceView traceDataRef="1"/>', 'y') + labelled('<traceView traceDataRef="#0"/>', 'x'),
        'Segmentation',
      )}`,
    )
    expect([labelsOf(views), inksOf(views)]).toEqual([
      ['y', 'x'],
      [[[[2, 2]]], [[[1, 1]]]],
    ])
  })

  it.each<[string, string, unknown]>([
    ['channels in another order', `${channels('name="Y"', 'name="X"')}@<trace>1 2</trace>`, [[[2, 1]]]],
    ['y upwards', `${channels('name="X"', 'name="Y" orientation="-ve"')}@<trace>1 2</trace>`, [[[1, -2]]]],
    [
      'two units',
      `${channels('name="X" units="cm"', 'name="Y" units="mm"')}@<trace>1 2</trace>`,
      [[[10, 2]]],
    ],
    [
      'seconds',
      `${channels('name="X"', 'name="Y"', 'name="T" units="s"')}@<trace>1 2 3</trace>`,
      [[[1, 2, 3000]]],
    ],
    [
      'force with its range',
      `${channels('name="X"', 'name="Y"', 'name="T"', 'name="F" min="10" max="30"')}@<trace>1 2 3 15</trace>`,
      [[[1, 2, 3, 0.25]]],
    ],
    [
      'force without one',
      `${channels('name="X"', 'name="Y"', 'name="F"')}@<trace>1 2 99</trace>`,
      [[[1, 2]]],
    ],
    ['other channels', `${channels('name="OA"', 'name="X"', 'name="Y"')}@<trace>7 1 2</trace>`, [[[1, 2]]]],
    [
      'intermittent channels',
      `<traceFormat><channel name="X"/><channel name="Y"/><intermittentChannels><channel name="T"/></intermittentChannels></traceFormat>@<trace>1 2 3,4 5,6 7 ?</trace>`,
      [
        [
          [1, 2, 3],
          [4, 5],
          [6, 7],
        ],
      ],
    ],
    [
      'differences',
      "@<trace>10 20,'1'2,3 4,!0!0</trace>",
      [
        [
          [10, 20],
          [11, 22],
          [14, 26],
          [0, 0],
        ],
      ],
    ],
    [
      'differences of differences',
      '@<trace>0 0,\'1\'1,"1"0,0 0</trace>',
      [
        [
          [0, 0],
          [1, 1],
          [3, 2],
          [5, 3],
        ],
      ],
    ],
    [
      'values as before',
      "@<trace>1 2,* 3,'1'1,**</trace>",
      [
        [
          [1, 2],
          [1, 3],
          [2, 4],
          [3, 5],
        ],
      ],
    ],
    [
      'numbers without spaces',
      '@<trace>1-2,#a#-F</trace>',
      [
        [
          [1, -2],
          [10, -15],
        ],
      ],
    ],
    ['strokes of the pen in the air', '@<trace type="penUp">9 9</trace><trace>1 2</trace>', [[[1, 2]]]],
    [
      'strokes that go on',
      '@<trace xml:id="t" continuation="begin">1 2</trace><trace continuation="end" priorRef="#t">3 4</trace>',
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      'a context by name',
      `<definitions><context xml:id="c">${channels('name="Y"', 'name="X"')}</context></definitions>@<trace contextRef="#c">1 2</trace><trace>1 2</trace>`,
      [[[2, 1]], [[1, 2]]],
    ],
    [
      'a source within a context',
      `<context><inkSource>${channels('name="Y"', 'name="X"')}</inkSource></context>@<trace>1 2</trace>`,
      [[[2, 1]]],
    ],
    [
      'brushes',
      '<definitions><brush xml:id="b"/></definitions>@<trace brushRef="#b">1 2</trace>',
      [[[1, 2]]],
    ],
  ])('reads %s', async (_, content, strokes) => {
    const [before = '', traces = ''] = content.split('@')
    expect(await strokesOf(before + labelled(traces))).toEqual(strokes)
  })

  it('reads prefixes, other encodings, and many files of a folder', async () => {
    const prefixed =
      '<i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:traceGroup><i:annotation type="truth">é</i:annotation><i:trace>1 2</i:trace></i:traceGroup></i:ink>'
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'b'))
    await writeFile(
      join(folder, 'a.inkml'),
      `<?xml version="1.0" encoding="ISO-8859-1"?>${prefixed}`,
      'latin1',
    )
    await writeFile(join(folder, 'b', 'a.inkml'), `\ufeff${prefixed}`, 'utf16le')
    await writeFile(join(folder, 'b', 'read.me'), 'hello')
    expect(labelsOf(await openDataset(`inkml:${folder}`, tinyInput))).toEqual(['é', 'é'])
  })

  const laughs = `<?xml version="1.0"?>
<!DOCTYPE ink [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n`
  it.each<[string, string, string, RegExp]>([
    ['entities that grow', `${laughs}${ink(labelled('<trace>1 2</trace>', '&b;'))}`, 'line 3', /entity/],
    ['entities of other files', `${laughs}${ink(labelled('<trace>1 2</trace>', '&c;'))}`, 'line 3', /entity/],
    ['deep nesting', ink('<traceGroup>'.repeat(100_000)), 'line 1', /deep/],
    ['a cut', ink(labelled('<trace>1 2</trace>')).slice(0, -9), 'line 1', /./],
    ['another root', '<svg></svg>', 'line 1', /<svg>/],
    ['no XML', 'hello', 'line 1', /./],
    ['a point that is none', ink(labelled('<trace>1 2,\nx 4</trace>')), 'line 2', /"x 4"/],
    ['NaN', ink(labelled('<trace>NaN 1</trace>')), 'line 1', /NaN/],
    ['half a point', ink(labelled('<trace>1</trace>')), 'line 1', /lacks/],
    ['a coordinate out of this world', ink(labelled('<trace>1 1e300</trace>')), 'line 1', /./],
    ['a group without a trace', ink(labelled('')), 'line 1', /stroke/],
    ['a view of nothing', ink(labelled('<traceView traceDataRef="#t"/>')), 'line 1', /"#t"/],
    ['a label that is a book', ink(labelled('<trace>1 2</trace>', 'a'.repeat(65))), 'line 1', /64/],
    ['bytes that are no UTF-8', `${ink('')}\xff`, 'line', /./],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><ink/>', 'line 1', /klingon/],
    ['a text without an end', `<ink><trace>${'1 2,'.repeat(5_000_000)}`, 'line 1', /16/],
  ])('is refused for %s', async (_, text, place, detail) => {
    const bytes = Buffer.from(text, text.includes('\xff') ? 'latin1' : 'utf8')
    const error: unknown = await openBytes('inkml', 'x.inkml', bytes).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'data-malformed', data: { detail: expect.stringMatching(detail) } })
    expect(error).toHaveProperty('data.place', expect.stringContaining(place))
  })

  it('that repeats its traces by views without end is refused', async () => {
    const trace = `<trace id="t">${'1 2,'.repeat(9_999)}1 2</trace>`
    const views = labelled('<traceView traceDataRef="t"/>'.repeat(600))
    await expect(open(trace + views)).rejects.toMatchObject({
      data: { detail: expect.stringMatching(/points/) as string },
    })
  })

  it('has codes of its own for an empty file, and for one without labels', async () => {
    await expect(openBytes('inkml', 'x.inkml', '')).rejects.toMatchObject({ code: 'file-empty' })
    await expect(open('<trace>1 2</trace>')).rejects.toMatchObject({ code: 'data-empty' })
  })
})
