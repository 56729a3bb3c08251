import { describe, expect, it } from 'vitest'
import { touchesStroke } from '../../../src/renderer/pad/touchesStroke'
import type { Point } from '../../../src/shared/ink/ink'

const stroke: Point[] = [
  [0, 0],
  [100, 0],
  [100, 100],
]

describe('the touch of the eraser', () => {
  it.each<[string, Point, Point, boolean]>([
    ['crosses a segment between its points', [50, -40], [50, 40], true],
    ['comes near the side of a segment', [50, 8], [60, 8], true],
    ['comes near an end', [-6, 0], [-20, 0], true],
    ['stays away by more than the radius', [50, 12], [60, 12], false],
    ['stays in the corner that the stroke goes around', [40, 60], [60, 40], false],
    ['rests on a point', [100, 50], [100, 50], true],
  ])('that %s', (_, from, to, touches) => {
    expect(touchesStroke(stroke, from, to, 10)).toBe(touches)
  })

  it('takes a dot', () => {
    expect(touchesStroke([[5, 5]], [0, 0], [10, 0], 6)).toBe(true)
    expect(touchesStroke([[5, 5]], [0, 0], [10, 0], 4)).toBe(false)
  })
})
