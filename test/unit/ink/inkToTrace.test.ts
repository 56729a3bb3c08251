import { describe, expect, it } from 'vitest'
import type { Ink } from '../../../src/shared/ink/ink'
import { inkToTrace } from '../../../src/shared/ink/inkToTrace'
import { mapInk } from '../../../src/shared/ink/transformInk'
import { namedSpec } from '../../../src/shared/model/specs'

const { input } = namedSpec('words', ['a', 'b'])

/** A wave of loops, and a bar over it that is drawn last. */
const word: Ink = [
  Array.from({ length: 120 }, (_, i): [number, number] => [
    i * 1.5 + 8 * Math.cos(i / 4),
    50 + 20 * Math.sin(i / 4),
  ]),
  [
    [60, 10],
    [100, 8],
  ],
]

const { width } = input
const row = (pixels: Uint8Array, at: number): Uint8Array => pixels.subarray(at * width, (at + 1) * width)
const valueOf = (byte: number | undefined): number => (byte ?? 0) / 127.5 - 1
/** Points of a trace: their row of ones. */
const lengthOf = (pixels: Uint8Array): number => row(pixels, 6).filter((byte) => byte === 255).length

describe('the trace of ink', () => {
  it('is the same for any size, place and density of points', () => {
    const trace = inkToTrace(word, input).pixels
    const larger = inkToTrace(
      mapInk(word, (x, y) => [7 * x - 300, 7 * y + 90]),
      input,
    ).pixels
    // But for rounding.
    expect(larger.every((byte, at) => Math.abs(byte - (trace[at] ?? 0)) <= 1)).toBe(true)
    const denser = inkToTrace(
      word.map((stroke) =>
        stroke.flatMap((point, at): [number, number][] => {
          const next = stroke[at + 1]
          const [x, y] = point
          return next
            ? [
                [x, y],
                [(x + next[0]) / 2, (y + next[1]) / 2],
              ]
            : [[x, y]]
        }),
      ),
      input,
    ).pixels
    // What lies on the border of two cells may fall to the other side.
    const apart = trace.filter((byte, at) => Math.abs(byte - (denser[at] ?? 0)) > 3).length
    expect(apart).toBeLessThan(trace.length / 100)
  })

  it('tells direction, lifts and what was drawn over a point later', () => {
    const { pixels } = inkToTrace(word, input)
    const lifts = [...row(pixels, 4)].flatMap((byte, at) => (byte === 255 ? [at] : []))
    const points = lengthOf(pixels)
    expect(lifts).toHaveLength(2)
    const [, bar = 0] = lifts
    // The bar runs to the right.
    expect(valueOf(row(pixels, 0)[bar + 1])).toBeGreaterThan(0.95)
    // The way to it went back, and up.
    expect(valueOf(row(pixels, 2)[bar])).toBeLessThan(0)
    expect(valueOf(row(pixels, 3)[bar])).toBeLessThan(0)
    // The topmost cell of the middle column, of points below the bar and of the first one, which it is far from.
    const above = row(pixels, 9 + 7)
    const middle = Array.from({ length: bar }, (_, at) => valueOf(above[at]))
    expect(middle.some((value) => value > 0.3)).toBe(true)
    expect(middle[0]).toBeCloseTo(0, 1)
    // After the last point there is nothing.
    expect(pixels.filter((byte, at) => at % width >= points && byte > 0)).toHaveLength(0)
  })

  it('fits a long word by points that lie farther apart, and has none of empty ink', () => {
    const long = Array.from({ length: 12 }, (_, at) => mapInk(word, (x, y) => [x + at * 200, y])).flat()
    const points = lengthOf(inkToTrace(long, input).pixels)
    expect(points).toBeGreaterThan(0.8 * width)
    expect(points).toBeLessThanOrEqual(width)
    expect(inkToTrace([], input).pixels.every((byte) => byte === 0)).toBe(true)
    expect(lengthOf(inkToTrace([[[5, 5]]], input).pixels)).toBe(1)
  })
})
