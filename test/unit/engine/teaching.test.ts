import { describe, expect, it } from 'vitest'
import { measureReliability } from '../../../src/main/engine/infer/reliability'
import { testDifference } from '../../../src/main/engine/infer/significance'
import { adaptPrototypes } from '../../../src/main/engine/teaching/adaptPrototypes'
import { factorize } from '../../../src/main/engine/teaching/cholesky'
import type { FeatureSamples } from '../../../src/main/engine/teaching/classMeans'
import { headLogits } from '../../../src/main/engine/teaching/headLogits'
import { Random } from '../../../src/shared/random'

const size = 4

/** Samples about a centre of each class. */
function samplesAbout(centres: readonly (readonly number[])[], each: number, seed: number): FeatureSamples {
  const random = new Random(seed)
  const classes = Int32Array.from({ length: centres.length * each }, (_, i) => Math.floor(i / each))
  const features = new Float32Array(classes.length * size)
  classes.forEach((label, sample) => {
    for (let i = 0; i < size; i++)
      features[sample * size + i] = (centres[label]?.[i] ?? 0) + random.normal(0, 0.3)
  })
  return { features, classes }
}

/** A head that tells the first two centres apart, with room for a third output. */
const parameters = new Map([
  ['head.weight', Float32Array.from([4, -4, 0, -4, 4, 0, 0, 0, 0, 0, 0, 0])],
  ['head.bias', new Float32Array(3)],
])
const centres = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
]

function accuracy(head: ReadonlyMap<string, Float32Array>, { features, classes }: FeatureSamples): number {
  const logits = headLogits(features, head, 3)
  const right = [...classes].filter((label, sample) => {
    const row = [...logits.subarray(sample * 3, sample * 3 + 3)]
    return row.indexOf(Math.max(...row)) === label
  })
  return right.length / classes.length
}

describe('prototypes', () => {
  const replay = samplesAbout(centres, 40, 1)
  const base = { parameters, outputs: 3, knownClasses: 2, replay }

  it('read a hand better whose classes lie elsewhere, and forget little', () => {
    const hand = [
      [0.45, 0.6, 0.6, 0],
      [0.1, 1.1, -0.6, 0],
    ]
    const taught = adaptPrototypes({ ...base, classCount: 2, own: samplesAbout(hand, 5, 2) })
    const others = samplesAbout(hand, 100, 3)
    expect(accuracy(taught, others)).toBeGreaterThan(accuracy(parameters, others) + 0.1)
    expect(accuracy(taught, replay)).toBeGreaterThanOrEqual(accuracy(parameters, replay) - 0.1)
  })

  it('learn a new class from three samples', () => {
    const hand = [...centres, [0, 0, 0, 2]]
    const three = samplesAbout(hand, 3, 4)
    const own = { features: three.features.slice(6 * size), classes: three.classes.slice(6) }
    const taught = adaptPrototypes({ ...base, classCount: 3, own })
    expect(accuracy(taught, samplesAbout(hand, 60, 5))).toBeGreaterThan(0.95)
  })

  it('never answer a new class without samples', () => {
    const taught = adaptPrototypes({ ...base, classCount: 3, own: samplesAbout(centres, 3, 6) })
    const logits = headLogits(samplesAbout(centres, 50, 7).features, taught, 3)
    for (let sample = 0; sample < 100; sample++) {
      const [first = 0, second = 0, third = 0] = logits.subarray(sample * 3, sample * 3 + 3)
      expect(third).toBeLessThan(Math.max(first, second))
    }
  })
})

it('linear equations are solved', () => {
  const solve = factorize(Float64Array.from([4, 2, 2, 3]), 2)
  expect([...solve([2, 5])]).toEqual([expect.closeTo(-0.5, 10), expect.closeTo(2, 10)])
  expect(() => factorize(Float64Array.from([1, 2, 2, 1]), 2)).toThrow('not positive definite')
})

describe('significance', () => {
  it('is that of the exact McNemar test', () => {
    // 2 * (1 + 10 + 45) / 2^10
    expect(testDifference(8, 2).pValue).toBeCloseTo(112 / 1024, 10)
    expect(testDifference(18, 2)).toMatchObject({ verdict: 'better' })
    expect(testDifference(2, 18)).toMatchObject({ verdict: 'worse' })
    expect(testDifference(8, 2).verdict).toBe('likely-better')
    expect(testDifference(0, 0)).toEqual({ fixed: 0, broken: 0, pValue: 1, verdict: 'same' })
  })

  it('does not overflow', () => expect(testDifference(5000, 5000).pValue).toBe(1))
})

it('reliability counts every answer once, and is 0 where probabilities are what they say', () => {
  const answers = Array.from({ length: 10 }, (_, i) => ({ probability: 0.8, right: i < 8 }))
  const { ece, bins } = measureReliability([...answers, { probability: 1, right: true }])
  expect(ece).toBeCloseTo(0, 10)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(11)
  expect(measureReliability([{ probability: 1, right: false }]).ece).toBe(1)
})
