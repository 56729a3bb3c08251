import { describe, expect, it } from 'vitest'
import { evidenceTerms, furthestOdds, likelihoodRatio } from '../../../src/shared/hand/handOdds'
import { Random } from '../../../src/shared/random'
import { modelSpecSchema } from '../../../src/shared/model/modelSpec'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { embedHands } from '../../../src/main/engine/hand/embedHands'
import { whitenHands } from '../../../src/main/engine/hand/whitenHands'
import { fitHandOdds } from '../../../src/main/engine/hand/fitHandOdds'
import { equalErrorRate, summarizeTrials } from '../../../src/main/engine/hand/handErrors'
import { tryHands, type WrittenSamples } from '../../../src/main/engine/hand/handTrials'

const size = 12

/** Writers who each have a style, from which every sample strays. */
function madeUp(seed: number, writers: number, samples: number, stray: number): WrittenSamples {
  const random = new Random(seed)
  const vectors = new Float32Array(writers * samples * size)
  const byWriter = new Map<string, number[]>()
  for (let writer = 0; writer < writers; writer++) {
    const style = Array.from({ length: size }, () => random.normal())
    const own = Array.from({ length: samples }, (_, i) => writer * samples + i)
    byWriter.set(`writer ${writer}`, own)
    for (const sample of own) {
      const values = style.map((value) => value + stray * random.normal())
      const length = Math.hypot(...values)
      vectors.set(
        values.map((value) => value / length),
        sample * size,
      )
    }
  }
  return { embeddings: { vectors, size }, byWriter }
}

describe('the equal error rate', () => {
  it('is the share of errors where both kinds are as frequent', () => {
    expect(equalErrorRate([0.9, 0.8, 0.1], [0.2, 0.05, 0])).toBeCloseTo(1 / 3, 12)
    expect(equalErrorRate([0.9, 0.8, 0.7], [0.6, 0.1])).toBe(0)
    expect(equalErrorRate([0.1, 0.2], [0.8, 0.9])).toBe(1)
    expect(equalErrorRate([0.3, 0.3], [0.3, 0.3])).toBe(0.5)
  })
})

describe('trials of hands', () => {
  it('never ask about what was enrolled, and ask everybody about everything', () => {
    const trials = tryHands(madeUp(1, 5, 12, 1), 10, 2)
    // Two samples of each are left, in each of eight rounds.
    expect(trials).toMatchObject({ writers: 5 })
    expect(trials.same).toHaveLength(8 * 5)
    expect(trials.different).toHaveLength(8 * 5 * 4)
    expect(Math.max(...trials.same)).toBeLessThan(0.9999)
    expect(tryHands(madeUp(1, 5, 12, 1), 10, 3)).toMatchObject({ writers: 0, same: [], different: [] })
  })

  it('err less the more there is to go by, and are the same each time', () => {
    const written = madeUp(2, 12, 40, 2.5)
    const [one, ten] = [1, 10].map((questioned) => summarizeTrials(tryHands(written, 10, questioned), null))
    expect(ten?.equalErrorRate).toBeLessThan((one?.equalErrorRate ?? 0) / 2)
    expect(ten?.identified).toBeGreaterThan(one?.identified ?? 1)
    expect(summarizeTrials(tryHands(written, 10, 1), null)).toEqual(one)
  })

  it('against other data enrol from the one and ask about the other', () => {
    const known = madeUp(3, 6, 10, 0.5)
    const strangers = madeUp(4, 6, 10, 0.5)
    expect(summarizeTrials(tryHands(known, 5, 5, known), null).equalErrorRate).toBeLessThan(0.02)
    // Under the same names there are other hands.
    expect(summarizeTrials(tryHands(known, 5, 5, strangers), null).equalErrorRate).toBeGreaterThan(0.2)
  })
})

describe('the odds of hands', () => {
  const counts = [1, 5, 10]
  const trialsOf = (written: WrittenSamples) =>
    counts.flatMap((enrolled) => counts.map((questioned) => tryHands(written, enrolled, questioned)))
  const odds = fitHandOdds(trialsOf(madeUp(5, 15, 20, 1.2)))

  it('fit other writers than those that they were fitted to: their cost is near what fitting to these themselves gives', () => {
    const others = trialsOf(madeUp(6, 15, 20, 1.2))
    const best = fitHandOdds(others)
    for (const trial of others) {
      const cost = summarizeTrials(trial, odds).oddsCost ?? 1
      // Saying nothing costs 1.
      expect(cost).toBeLessThan(0.9)
      expect(cost).toBeLessThan((summarizeTrials(trial, best).oddsCost ?? 0) + 0.1)
    }
  })

  it('go further with the score, and with how much the score rests on', () => {
    expect(likelihoodRatio(odds, 0.9, 10, 10)).toBeGreaterThan(likelihoodRatio(odds, 0.5, 10, 10))
    expect(likelihoodRatio(odds, 0.3, 10, 10)).toBeLessThan(likelihoodRatio(odds, 0.3, 1, 1))
    expect(likelihoodRatio(odds, 0, 10, 10)).toBeLessThan(1)
    expect(evidenceTerms(0.5, 2, 2)).toEqual([1, 0.5, 0, 0])
  })

  it('never go further than what some dozens of writers can tell', () => {
    const weights: [number, number, number, number] = [0, 1000, 0, 0]
    expect(likelihoodRatio({ weights }, 1, 10, 10)).toBeCloseTo(furthestOdds, 6)
    expect(likelihoodRatio({ weights }, -1, 10, 10)).toBeCloseTo(1 / furthestOdds, 6)
  })

  it('cannot be fitted where nobody can be compared', () => {
    expect(() => fitHandOdds([tryHands(madeUp(7, 4, 3, 1), 10, 1)])).toThrow('nobody wrote enough')
  })
})

describe('evening out how samples stray', () => {
  const spec = modelSpecSchema.parse({
    name: 'plain',
    purpose: 'hand',
    input: { width: 8, height: 8, raster: { box: 6, penWidth: 1, centre: 'box' } },
    classes: ['0', '1', '2', '3', '4', '5'],
    layers: [{ type: 'flatten' }, { type: 'unitLength' }],
  })
  const samples = 30
  const classIndex = Int32Array.from({ length: 6 * samples }, (_, i) => Math.floor(i / samples))
  /** Each writer differs a little in every pixel; two pixels vary much, whoever writes. */
  function draw(seed: number): Uint8Array {
    const random = new Random(seed)
    const styles = new Random(99)
    const style = Array.from({ length: 6 * 64 }, () => 60 + 10 * styles.normal())
    return Uint8Array.from({ length: classIndex.length * 64 }, (_, i) => {
      const value = style[(classIndex[Math.floor(i / 64)] ?? 0) * 64 + (i % 64)] ?? 0
      const stray = i % 64 < 2 ? 90 : 4
      return Math.max(0, Math.min(255, Math.round(value + stray * random.normal())))
    })
  }
  const byWriter = new Map(
    spec.classes.map((name, own) => [name, [...classIndex.keys()].filter((at) => classIndex[at] === own)]),
  )

  it('finds hands in other samples where plain features do not, and is fitted anew where it was before', async () => {
    const plain = { spec, parameters: initializeParameters(describeParameters(spec), 1) }
    const whitened = await whitenHands(plain, draw(1), classIndex)
    const errorOf = async (network: typeof plain): Promise<number> => {
      const embeddings = await embedHands(network, draw(2))
      return summarizeTrials(tryHands({ embeddings, byWriter }, 5, 1), null).equalErrorRate
    }
    expect(await errorOf(plain)).toBeGreaterThan(0.15)
    expect(await errorOf(whitened)).toBeLessThan(0.03)
    expect(describeParameters(whitened.spec).map(({ name }) => name)).toEqual([
      ...['whitening.weight', 'whitening.bias', 'head.weight', 'head.bias'],
    ])
    const again = await whitenHands(whitened, draw(1), classIndex)
    expect(again.spec).toEqual(whitened.spec)
    expect(again.parameters).toEqual(whitened.parameters)
  })
})
