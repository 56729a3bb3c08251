import { describe, expect, it } from 'vitest'
import { readJoined, type TextModel } from '../../../src/main/engine/text/readJoined'
import { splitWords } from '../../../src/shared/ink/splitWords'
import type { Ink } from '../../../src/shared/ink/ink'
import { lineRequestSchema } from '../../../src/shared/recognition/line/lineReading'

/** One joined-up squiggle from x on. */
const squiggle = (x: number): [number, number][] =>
  Array.from({ length: 40 }, (_, i) => [x + i, 50 + 10 * Math.sin(i / 2)])

const ink: Ink = [
  squiggle(0),
  squiggle(100),
  // A dot over the first word, set last.
  [[20, 20]],
]

const classes = ['a', 'b', 'c']
/** Gives each ink the columns of a text: as many characters as it has strokes, the last of them doubtful. */
const model: TextModel = {
  classes,
  columns: 4,
  sureAt: 0.5,
  run: (inks) =>
    Promise.resolve(
      inks.map((strokes) => {
        const path = strokes.length === 1 ? [0, 3, 3, 3] : [1, 3, 2, 3]
        return Float32Array.from({ length: 16 }, (_, at) =>
          Math.log(path[at % 4] === Math.floor(at / 4) ? 0.91 : 0.03),
        )
      }),
    ),
}
const request = (more: object) => lineRequestSchema.parse({ ink: ink.map((stroke) => [...stroke]), ...more })

describe('joined-up writing', () => {
  it('is parted where gaps are wide, whenever a stroke was drawn', () => {
    expect(splitWords(ink)).toEqual([[0, 2], [1]])
    expect(splitWords([])).toEqual([])
  })

  it('is read word by word', async () => {
    const reading = await readJoined(request({}), model)
    expect(reading.text).toBe('bc a')
    expect(reading.fits).toBe(true)
    expect(reading.characters.map(({ parts }) => parts.map(({ stroke }) => stroke))).toEqual([[0, 2], [1]])
    expect(reading.characters[1]).toMatchObject({ label: 'a', sure: true, spaceBefore: true })
    expect(reading.alternatives.length).toBeGreaterThan(0)
  })

  it('is read by a list of words, and says where none of them is within reach', async () => {
    const listed = await readJoined(request({ expects: { words: ['Ab', 'bb', 'A'] } }), model)
    expect(listed.text).toBe('bb A')
    const strange = await readJoined(request({ expects: { words: ['xyz'] } }), model)
    expect(strange).toMatchObject({ text: 'bc a', fits: false })
  })

  it('keeps what a person said of a word', async () => {
    const pins = [{ parts: [{ stroke: 1, from: 0, to: 39 }], label: 'cab' }]
    const reading = await readJoined(request({ pins }), model)
    expect(reading.text).toBe('bc cab')
    expect(reading.characters[1]).toMatchObject({ label: 'cab', probability: 1, sure: true })
  })
})
