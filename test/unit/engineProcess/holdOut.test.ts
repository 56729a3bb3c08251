import { describe, expect, it } from 'vitest'
import { createDataset } from '../../../src/main/data/dataset'
import { classIndex } from '../../../src/main/engineProcess/handlers/classIndex'
import { holdOut } from '../../../src/main/engineProcess/handlers/holdOut'

const dataset = (labels: readonly string[], writers: readonly (string | null)[] | null = null) =>
  createDataset('test', labels, { kind: 'ink', inks: labels.map(() => []) }, writers)

const labels = Array.from({ length: 100 }, (_, i) => (i % 4 === 0 ? 'rare' : 'common'))

describe('holding samples out', () => {
  it('takes the same share of each class, and every sample once', () => {
    const { training, heldOut } = holdOut(dataset(labels), 0.2, 1)
    expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i))
    expect([...heldOut].filter((i) => labels[i] === 'rare')).toHaveLength(5)
    expect([...heldOut].filter((i) => labels[i] === 'common')).toHaveLength(15)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(holdOut(dataset(labels), 0.2, 1)).toEqual(holdOut(dataset(labels), 0.2, 1))
    expect(holdOut(dataset(labels), 0.2, 1)).not.toEqual(holdOut(dataset(labels), 0.2, 2))
  })

  it('keeps each writer on one side', () => {
    const writers = labels.map((_, i) => `writer ${i % 7}`)
    const { training, heldOut } = holdOut(dataset(labels, writers), 0.3, 1)
    const of = (indices: Int32Array): Set<string | undefined> => new Set([...indices].map((i) => writers[i]))
    expect(heldOut.length).toBeGreaterThanOrEqual(30)
    expect([...of(heldOut)].filter((writer) => of(training).has(writer))).toEqual([])
  })

  it('leaves something on both sides, however small the share', () => {
    const { training, heldOut } = holdOut(dataset(['a', 'b', 'a']), 0.001, 1)
    expect(heldOut).toHaveLength(1)
    expect(training).toHaveLength(2)
  })
})

describe('the classes of samples', () => {
  it('are numbered as the model numbers them', () => {
    expect([...classIndex(dataset(['b', 'a', 'b']), ['x', 'b', 'a'], 'm')]).toEqual([1, 2, 1])
  })
  it('that the model does not know are named', () => {
    expect(() => classIndex(dataset(['a', 'ß']), ['a'], 'm')).toThrow(/labels-unknown.*ß/)
  })
})
