import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate } from '../../../src/main/engine/infer/calibrate'
import { confusionMatrix, mergeCase, scoreClasses, summarize } from '../../../src/main/engine/infer/metrics'
import { argMaxAmong, placeOf } from '../../../src/main/engine/infer/probabilities'
import { decodeSafetensors, encodeSafetensors } from '../../../src/main/engine/model/safetensors'
import { Random } from '../../../src/shared/random'

describe('metrics', () => {
  it('are those of a worked example', () => {
    // True a, a, a, b, b; answered a, a, b, b, a; c never occurs.
    const confusion = confusionMatrix(Int32Array.of(0, 0, 0, 1, 1), Int32Array.of(0, 0, 1, 1, 0), 3)
    expect(confusion).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ])
    const perClass = scoreClasses(confusion, ['a', 'b', 'c'])
    expect(perClass[0]).toEqual({ label: 'a', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 })
    expect(perClass[2]).toEqual({ label: 'c', precision: 0, recall: 0, f1: 0, support: 0 })
    const summary = summarize(perClass, confusion)
    expect(summary).toMatchObject({ count: 5, accuracy: 0.6 })
    expect(summary.macroF1).toBeCloseTo((2 / 3 + 1 / 2) / 2)
  })

  it('count a capital for its small letter where case is merged', () => {
    const confusion = [
      [2, 1, 0],
      [1, 0, 1],
      [0, 0, 1],
    ]
    expect(mergeCase(confusion, ['c', 'C', 'o'])).toBeCloseTo(5 / 6)
    expect(mergeCase(confusion, ['0', '1', '2'])).toBeNull()
  })

  it('take the best answer among those that are possible', () => {
    expect(argMaxAmong(Float32Array.of(0.1, 0.6, 0.3), [0, 2])).toBe(2)
    expect(argMaxAmong(Float32Array.of(0.3, 0.6, 0.1), [0, 2])).toBe(0)
  })

  it('a value has its place among the others: none is before the largest', () => {
    const values = Float32Array.of(0.1, 0.6, 0.3)
    expect([0, 1, 2].map((number) => placeOf(values, number))).toEqual([2, 0, 1])
  })
})

describe('calibration', () => {
  it('finds the temperature that overconfident logits were multiplied by', () => {
    const random = new Random(5)
    const count = 4000
    const truth = new Int32Array(count)
    const logits = new Float32Array(count * 3)
    for (let i = 0; i < count; i++) {
      const honest = [random.normal(0, 2), random.normal(0, 2), random.normal(0, 2)]
      const sum = honest.reduce((total, value) => total + Math.exp(value), 0)
      let left = random.uniform(0, sum)
      truth[i] = honest.findIndex((value) => (left -= Math.exp(value)) <= 0)
      logits.set(
        honest.map((value) => value * 3),
        i * 3,
      )
    }
    const { temperature, sureAt } = calibrate(logits, truth, 3, 3)
    expect(temperature).toBeGreaterThan(2.7)
    expect(temperature).toBeLessThan(3.3)
    expect(sureAt).toBe(0.9)
  })

  it('claims no certainty where every held-out sample is read right', () => {
    const count = 500
    const logits = Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 0 ? 8 : 0))
    const { temperature } = calibrate(logits, new Int32Array(count), 3, 3)
    const confidence = 1 / (1 + 2 * Math.exp(-8 / temperature))
    expect(1 - confidence).toBeCloseTo(1 / (count + 2), 4)
  })
})

describe('safetensors', () => {
  const tensor = fc
    .tuple(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), fc.nat())
    .map(([shape, seed]) => {
      const random = new Random(seed)
      const size = shape.reduce((product, length) => product * length, 1)
      return { shape, data: Float32Array.from({ length: size }, () => random.normal()) }
    })
  const named = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => !name.startsWith('__')),
    tensor,
  )

  it('come back as they went out', () => {
    fc.assert(
      fc.property(named, (tensors) => {
        const list = Object.entries(tensors).map(([name, { shape, data }]) => ({ name, shape, data }))
        const back = decodeSafetensors(encodeSafetensors(list, { model: 'x' }))
        const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
        expect(back.sort(byName)).toEqual(list.sort(byName))
      }),
    )
  })
  it('are refused when they are cut anywhere', () => {
    const bytes = encodeSafetensors([{ name: 'w', shape: [3], data: Float32Array.of(1, 2, 3) }])
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(/cut/)
    }
  })
})

describe('random numbers', () => {
  it('are the same for the same seeds and even over their range', () => {
    const draw = (...seeds: number[]): number[] => {
      const random = new Random(...seeds)
      return Array.from({ length: 4 }, () => random.nextUint32())
    }
    expect(draw(1, 2)).toEqual(draw(1, 2))
    expect(draw(1, 2)).not.toEqual(draw(2, 1))
    expect(draw(0)).not.toEqual(draw(0, 0))
    const random = new Random(3)
    const draws = Array.from({ length: 10_000 }, () => random.integer(10))
    for (let value = 0; value < 10; value++) {
      const count = draws.filter((drawn) => drawn === value).length
      expect(Math.abs(count - 1000)).toBeLessThan(120)
    }
    const normal = Array.from({ length: 10_000 }, () => random.normal(1, 2))
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length
    expect(Math.abs(mean - 1)).toBeLessThan(0.1)
  })
})
