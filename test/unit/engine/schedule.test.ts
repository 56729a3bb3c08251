import { expect, it } from 'vitest'
import { learningRateAt } from '../../../src/main/engine/training/schedule'
import { recipeSchema, type RecipeInput } from '../../../src/shared/training/recipe'

const steps = 100

/** The rate at each step of ten epochs of ten steps, with a peak of 1. */
function ratesOf(recipe: RecipeInput): number[] {
  const parsed = recipeSchema.parse({ epochs: 10, learningRate: 1, ...recipe })
  return Array.from({ length: steps }, (_, step) => learningRateAt(parsed, step, steps))
}

it('climbs to its peak and falls to almost nothing in one cycle', () => {
  const rates = ratesOf({ schedule: 'one-cycle', warmUp: 5 })
  expect(rates[0]).toBeCloseTo(0.05)
  expect(Math.max(...rates)).toBeLessThanOrEqual(1)
  expect(rates.indexOf(Math.max(...rates))).toBeCloseTo(25, -1)
  expect(rates[99]).toBeLessThan(0.001)
})

it('is the peak throughout where it is constant', () => {
  expect(new Set(ratesOf({ schedule: 'constant' }))).toEqual(new Set([1]))
})

it('falls from the peak to nothing as a cosine', () => {
  const rates = ratesOf({ schedule: 'cosine' })
  expect(rates[0]).toBe(1)
  expect(rates[99]).toBeCloseTo(0)
  expect(rates).toEqual(rates.toSorted((a, b) => b - a))
})

it('falls by its factor after every so many epochs', () => {
  const rates = ratesOf({ schedule: 'step', stepEvery: 4, stepFactor: 0.5 })
  expect([rates[0], rates[39], rates[40], rates[79], rates[80], rates[99]]).toEqual([
    1, 1, 0.5, 0.5, 0.25, 0.25,
  ])
})

it('warms up before the schedule begins', () => {
  const rates = ratesOf({ schedule: 'cosine', warmUp: 2 })
  expect(rates[0]).toBeCloseTo(0.05)
  expect(rates[9]).toBeCloseTo(0.5)
  expect(rates[20]).toBe(1)
  expect(rates[99]).toBeCloseTo(0)
})
