import { describe, expect, it } from 'vitest'
import { bendStrokes } from '../../../../src/main/data/augment/bendStrokes'
import type { Ink } from '../../../../src/shared/ink/ink'
import { Random } from '../../../../src/shared/random'
import { augmentationSchema, type Augmentation } from '../../../../src/shared/training/recipe'

/** Five bars below one another, from left to right and back. */
const ladder: Ink = Array.from({ length: 5 }, (_, row) => [
  [row % 2 === 0 ? 0 : 100, 25 * row],
  [row % 2 === 0 ? 100 : 0, 25 * row],
])
const limits = (some: Partial<Augmentation>): Augmentation => augmentationSchema.parse(some)
const bent = (some: Partial<Augmentation>, seed: number): Ink =>
  bendStrokes(ladder, limits(some), new Random(seed))

describe('ink bent stroke by stroke', () => {
  it('stays as it is, and draws no random number, where the recipe asks for nothing', () => {
    const random = new Random(1)
    expect(bendStrokes(ladder, limits({ rotation: 10 }), random)).toBe(ladder)
    expect(random.nextUint32()).toBe(new Random(1).nextUint32())
  })

  it('is the same again by the same seed, and another by another', () => {
    expect(bent({ strokes: 0.05, joins: 0.2 }, 3)).toEqual(bent({ strokes: 0.05, joins: 0.2 }, 3))
    expect(bent({ strokes: 0.05 }, 3)).not.toEqual(bent({ strokes: 0.05 }, 4))
  })

  it('moves each stroke by itself, about as far as the recipe says', () => {
    const shifts = Array.from({ length: 200 }, (_, seed) => bent({ strokes: 0.05 }, seed)).flatMap((ink) =>
      ink.map((stroke, row) => stroke.reduce((sum, [, y]) => sum + y, 0) / stroke.length - 25 * row),
    )
    const deviation = Math.sqrt(shifts.reduce((sum, shift) => sum + shift ** 2, 0) / shifts.length)
    // A hand strays by 0.2 to 1 of the 5 units, with the turn about the stroke's middle on top of it.
    expect(deviation).toBeGreaterThan(2)
    expect(deviation).toBeLessThan(6)
  })

  it('runs from stroke to stroke, in the mean as often as the recipe says', () => {
    const counts = Array.from({ length: 400 }, (_, seed) => bent({ joins: 0.25 }, seed).length)
    const joins = counts.reduce((sum, count) => sum + 5 - count, 0) / (4 * counts.length)
    expect(joins).toBeGreaterThan(0.2)
    expect(joins).toBeLessThan(0.3)
  })

  it('never runs to a stroke that is far', () => {
    const apart: Ink = ladder.map((stroke) => stroke.map(([x, y]) => [x, 3 * y]))
    const seeds = Array.from({ length: 100 }, (_, seed) => seed)
    expect(
      seeds.every((seed) => bendStrokes(apart, limits({ joins: 0.5 }), new Random(seed)).length === 5),
    ).toBe(false)
    const far: Ink = [ladder[0] ?? [], ladder[4] ?? []]
    expect(
      seeds.every((seed) => bendStrokes(far, limits({ joins: 0.5 }), new Random(seed)).length === 2),
    ).toBe(true)
  })

  it('leaves out a short stroke, never a long one', () => {
    const withDot: Ink = [
      ...ladder,
      [
        [50, -20],
        [55, -15],
      ],
    ]
    const counts = Array.from({ length: 300 }, (_, seed) =>
      bendStrokes(withDot, limits({ omissions: 1 }), new Random(seed)),
    )
    const lost = counts.filter((ink) => ink.length === 5)
    expect(lost.length).toBeGreaterThan(30)
    expect(lost.every((ink) => ink.every((stroke) => (stroke[0]?.[1] ?? -1) >= 0))).toBe(true)
  })
})
