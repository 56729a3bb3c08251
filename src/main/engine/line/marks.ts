import type { InkBounds } from '../../../shared/ink/bounds'
import type { Stroke } from '../../../shared/ink/ink'
import type { LineFrame } from './lineFrame'

/** The marks that their size and place tell without a model, which sees neither: it draws each character as large as it can. */
export const markLabels: readonly string[] = ['.', ',', '-', '/', ':']

/** What of a stroke, or of a piece of a picture, tells whether it is a mark. */
export interface MarkShape {
  /** Of the pen's way, in the ink's unit. */
  readonly length: number
  /** From one end to the other, y downwards. */
  readonly across: readonly [number, number]
}

export function markShapeOf(stroke: Stroke): MarkShape {
  const [first, last] = [stroke[0], stroke.at(-1)]
  return {
    length: lengthOf(stroke),
    across: first && last ? [last[0] - first[0], last[1] - first[1]] : [0, 0],
  }
}

/**
 * How likely shapes are each of the marks, from 0 to 1, by their size and place in the line. Sums to 1 at most.
 * @param shapes of one character at most, with their common `bounds`
 */
export function markChances(
  shapes: readonly MarkShape[],
  bounds: InkBounds,
  frame: LineFrame,
): ReadonlyMap<string, number> {
  const { height, baselineAt } = frame
  const baseline = baselineAt(bounds.left + bounds.width / 2)
  const wide = bounds.width / height
  const high = bounds.height / height
  const top = (baseline - bounds.top) / height
  const bottom = top - high
  const chances = new Map<string, number>()
  const [only, second] = shapes
  if (only && shapes.length === 1) {
    const isLow = ramp(0.45 - top, 0.15) * ramp(0.35 + bottom, 0.15)
    const dot = ramp(0.24 - Math.max(wide, high), 0.08) * isLow
    const comma = ramp(0.5 - high, 0.1) * ramp(0.35 - wide, 0.1) * isLow
    // A comma is longer than a dot, or hangs under the line.
    const hangs = Math.max(ramp(high - 0.17, 0.07), ramp(-0.14 - bottom, 0.08))
    chances.set('.', dot * (1 - hangs))
    chances.set(',', comma * hangs)
    const flat = ramp(wide - 2 * high, 0.1) * ramp(wide - 0.17, 0.06) * ramp(1.1 - wide, 0.1)
    chances.set('-', flat * ramp(top - 0.22, 0.1) * ramp(0.8 - bottom, 0.1) * ramp(0.24 - high, 0.06))
    chances.set('/', slashChance(only, wide, high))
  } else if (only && second && shapes.length === 2) {
    const small = ramp(0.22 - wide, 0.06) * ramp(high - 0.2, 0.06) * ramp(0.75 - high, 0.1)
    chances.set(':', small * Math.min(...shapes.map(({ length }) => ramp(0.18 - length / height, 0.06))))
  }
  const sum = [...chances.values()].reduce((total, chance) => total + chance, 0)
  return sum > 1 ? new Map([...chances].map(([label, chance]) => [label, chance / sum])) : chances
}

/** A straight line that leans to the right more than a 1 does, and is as tall as a digit or taller. */
function slashChance({ length, across }: MarkShape, wide: number, high: number): number {
  if (high < 0.3) return 0
  const isStraight = ramp(Math.hypot(...across) / Math.max(length, 1e-9) - 0.93, 0.03)
  const leansRight = across[0] * across[1] < 0 ? 1 : 0
  const lean = Math.atan2(wide, high)
  return isStraight * leansRight * ramp(lean - 0.33, 0.12) * ramp(1.05 - lean, 0.15) * ramp(high - 0.75, 0.15)
}

function lengthOf(stroke: Stroke): number {
  let length = 0
  stroke.forEach((point, at) => {
    const before = stroke[at - 1]
    if (before) length += Math.hypot(point[0] - before[0], point[1] - before[1])
  })
  return length
}

/** From 0 to 1 around 0, `soft` being half the way. */
function ramp(value: number, soft: number): number {
  return Math.max(0, Math.min(1, 0.5 + value / (2 * soft)))
}
