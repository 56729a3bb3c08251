import { describe, expect, it } from 'vitest'
import { drawProportions } from '../../../../src/main/data/augment/proportions'
import { Random } from '../../../../src/shared/random'

const places = Array.from({ length: 101 }, (_, at) => (at - 50) / 2.5)
const reach = 20

describe('the proportions of ink', () => {
  it('stay, and draw no random number, where the recipe asks for nothing', () => {
    const random = new Random(1)
    const same = drawProportions(0, reach, random)
    expect(places.map(same)).toEqual(places)
    expect(random.nextUint32()).toBe(new Random(1).nextUint32())
  })

  it('change within the ends, in order, whatever is drawn', () => {
    const random = new Random(1)
    for (let turn = 0; turn < 200; turn++) {
      const warped = places.map(drawProportions(0.25, reach, random))
      expect(warped[0]).toBeCloseTo(-reach)
      expect(warped.at(-1)).toBeCloseTo(reach)
      for (const [at, place] of warped.entries()) {
        if (at > 0) expect(place).toBeGreaterThanOrEqual(warped[at - 1] ?? 0)
      }
      expect(Math.abs(warped[50] ?? 0)).toBeLessThanOrEqual(0.25 * reach)
    }
  })
})
