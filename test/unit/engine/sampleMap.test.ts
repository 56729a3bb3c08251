import { describe, expect, it } from 'vitest'
import { layOutMap } from '../../../src/main/engine/map/layOutMap'
import { Random } from '../../../src/shared/random'

const size = 12
const groups = 3

/** [count, size]: samples of each group in turn lie about a direction of their own. */
function featuresOf(count: number): Float32Array {
  const random = new Random(5)
  return Float32Array.from({ length: count * size }, (_, at) => {
    const group = Math.floor(at / size) % groups
    return (at % size === group ? 10 : 0) + random.normal()
  })
}

/** How often the nearest other place on the map is of the same group. */
function shareInGroup(places: Float32Array): number {
  const count = places.length / 2
  let same = 0
  for (let a = 0; a < count; a++) {
    let [nearest, least] = [-1, Infinity]
    for (let b = 0; b < count; b++) {
      const distance = Math.hypot(
        (places[a * 2] ?? 0) - (places[b * 2] ?? 0),
        (places[a * 2 + 1] ?? 0) - (places[b * 2 + 1] ?? 0),
      )
      if (a !== b && distance < least) [nearest, least] = [b, distance]
    }
    if (nearest % groups === a % groups) same++
  }
  return same / count
}

describe('a map of samples', () => {
  it('puts those alike together, those that UMAP laid out and the others, the same every time', async () => {
    const count = 150
    const steps = new Set<string>()
    const places = await layOutMap(featuresOf(count), count, {
      ...{ seed: 1, mostFitted: 100, onStep: ({ step }) => steps.add(step) },
    })
    expect(shareInGroup(places)).toBeGreaterThan(0.95)
    expect(Math.max(...places.map(Math.abs))).toBeCloseTo(1, 5)
    expect([...steps]).toEqual(['neighbours', 'layout', 'placing'])
    expect(await layOutMap(featuresOf(count), count, { seed: 1, mostFitted: 100 })).toEqual(places)
  })

  it('is drawn of a handful of samples, too', async () => {
    for (const count of [1, 2, 3, 4, 5, 17]) {
      const places = await layOutMap(featuresOf(count), count, { seed: 1 })
      expect(places).toHaveLength(2 * count)
      expect(places.every(Number.isFinite)).toBe(true)
    }
  })

  it('is given up at once where that is asked for', async () => {
    const abort = new AbortController()
    const drawing = layOutMap(featuresOf(200), 200, {
      ...{ seed: 1, signal: abort.signal, onStep: ({ step }) => step === 'layout' && abort.abort() },
    })
    await expect(drawing).rejects.toThrow(/abort/i)
  })
})
