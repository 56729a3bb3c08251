import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeLine, type Hand } from '../../../../src/main/bench/lines/composeLine'
import { writtenForm, writtenFormLabels } from '../../../../src/main/data/augment/writtenForms'
import { Recognizer } from '../../../../src/main/engine/infer/recognizer'
import { findCuts } from '../../../../src/main/engine/line/findCuts'
import { readLine } from '../../../../src/main/engine/line/readLine'
import type { Ink, Point } from '../../../../src/shared/ink/ink'
import type { Expectation, Pin } from '../../../../src/shared/recognition/line/lineReading'
import { Random } from '../../../../src/shared/random'

let recognizer: Recognizer
beforeAll(async () => {
  recognizer = await Recognizer.load(join(import.meta.dirname, '../../../../resources/models/digits'), {
    provider: 'cpu',
  })
})
afterAll(() => recognizer.release())

/** Some drawn forms of each digit. */
function drawHand(random: Random): Hand {
  return new Map(writtenFormLabels.map((label) => [label, [1, 2, 3].map(() => writtenForm(label, random))]))
}

function write(text: string, seed: number): Ink {
  const random = new Random(seed)
  return composeLine(text, drawHand(random), random)
}

function read(ink: Ink, expects: Expectation, pins: Pin[] = []) {
  return readLine({ ink: ink.map((stroke) => [...stroke]), expects, pins }, recognizer.lineModel())
}

const ring = (x: number, turns = 1): Point[] =>
  Array.from({ length: 33 }, (_, i): Point => {
    const angle = -Math.PI / 2 - (turns * 2 * Math.PI * i) / 32
    return [x + 28 * Math.cos(angle), 50 + 48 * Math.sin(angle)]
  })

describe('reading a line', () => {
  it.each<[Expectation, readonly string[]]>([
    ['amount', ['1250.75', '8,046.20', '93.18']],
    ['date', ['24/12/2026', '7.3.1998', '15-10-2031']],
    ['phone', ['555-307-4812', '206-914-7583']],
    ['digits', ['31415926', '2718281']],
  ])('as %s gets nearly all characters of drawn lines', async (expects, texts) => {
    const lines = texts.flatMap((text) => [11, 12, 13, 14].map((seed) => ({ text, ink: write(text, seed) })))
    let [right, written] = [0, 0]
    for (const { text, ink } of lines) {
      const reading = await read(ink, expects)
      expect(reading.fits).toBe(true)
      written += text.length
      if (reading.text.length === text.length) {
        right += Array.from(text).filter((label, at) => reading.text[at] === label).length
      }
    }
    expect(right / written).toBeGreaterThan(0.9)
  })

  it('tells of every stroke which character it made, each once', async () => {
    const ink = write('1250.75', 11)
    const { characters } = await read(ink, 'amount')
    const strokes = characters.flatMap(({ parts }) => parts.map(({ stroke }) => stroke))
    expect([...new Set(strokes)].sort((a, b) => a - b)).toEqual(ink.map((_, at) => at))
    expect(characters.map(({ candidates }) => candidates[0]?.label)).toEqual(
      characters.map(({ label }) => label),
    )
  })

  it('keeps to what a person said of some strokes, and reads the rest around it', async () => {
    const ink = write('31415926', 11)
    const before = await read(ink, 'digits')
    const third = before.characters[2]
    if (!third) throw new Error('the line is too short')
    const after = await read(ink, 'digits', [{ parts: third.parts, label: '7' }])
    const expected = [...before.text]
    expected[2] = '7'
    expect(after.text).toBe(expected.join(''))
    expect(after.characters[2]).toMatchObject({ label: '7', sure: true })
  })

  it('reads what is nearest in a list', async () => {
    const { text, fits } = await read(write('31415926', 11), { words: ['31415926', '27182818', '314'] })
    expect({ text, fits }).toEqual({ text: '31415926', fits: true })
  })

  it('says so where nothing fits, and reads it freely', async () => {
    const { text, fits } = await read(write('31', 11), 'postcode')
    expect(fits).toBe(false)
    expect(text).toHaveLength(2)
  })

  it('parts characters that were written without lifting the pen', async () => {
    const joined: Ink = [[...ring(30), [60, 0], ...ring(120), [150, 0], ...ring(210)]]
    expect(findCuts(joined[0] ?? [], 100)).toHaveLength(2)
    const { text, characters } = await read(joined, 'digits')
    expect(text).toBe('000')
    expect(characters.map(({ parts }) => parts.length)).toEqual([1, 1, 1])
  })

  it('does not mind where the line lies, how large it is, or that it climbs', async () => {
    const ink = write('1250.75', 11)
    const { text } = await read(ink, 'amount')
    const moved = ink.map((stroke) => stroke.map(([x, y]): Point => [x / 40 - 7, (y - 0.1 * x) / 40 + 900]))
    expect((await read(moved, 'amount')).text).toBe(text)
  })
})
