import { describe, expect, it } from 'vitest'
import { createDataset, sharedBytes } from '../../../src/main/data/dataset'
import { dataFingerprint } from '../../../src/main/engineProcess/handlers/dataFingerprint'
import { outputWeights } from '../../../src/main/engineProcess/handlers/outputWeights'
import type { Ink } from '../../../src/shared/ink/ink'
import { tinySpec } from '../engine/tinyTask'

const stroke = (x: number): Ink => [
  [
    [x, 0],
    [5, 5],
  ],
]

function rasters(change: { pixel?: number; label?: string; last?: number } = {}) {
  const pixels = sharedBytes(12)
  pixels[7] = change.pixel ?? 0
  const labels = ['a', 'b', change.label ?? 'a']
  const dataset = createDataset('name', labels, { kind: 'rasters', width: 2, height: 2, pixels })
  return { dataset, indices: Int32Array.of(0, change.last ?? 2) }
}

const inks = (x: number) => ({
  dataset: createDataset('name', ['a', 'b'], { kind: 'ink', inks: [stroke(1), stroke(x)] }),
  indices: Int32Array.of(0, 1),
})

describe('the fingerprint of data', () => {
  it('is the same for the same samples, whatever they are called, and another for every change', () => {
    const one = rasters()
    const all = [
      [one],
      [rasters({ pixel: 1 })],
      [rasters({ label: 'b' })],
      [rasters({ label: 'c' })],
      [rasters({ last: 1 })],
      [one, null],
      [null, one],
      [one, one],
      [inks(1)],
      [inks(2)],
    ].map(dataFingerprint)
    expect(new Set(all).size).toBe(all.length)
    const renamed = { ...rasters(), dataset: { ...one.dataset, name: 'other' } }
    expect(dataFingerprint([renamed])).toBe(all[0])
    expect(dataFingerprint([inks(2)])).toBe(all.at(-1))
  })
})

describe('the weights of outputs', () => {
  const spec = { ...tinySpec, rejects: true }
  // Of class 0 four samples are used, of class 1 one, of class 2 none.
  const classIndex = Int32Array.of(0, 0, 0, 0, 1, 2)
  const indices = Int32Array.of(0, 1, 2, 3, 4)

  it('are none, or by label with 1 for the others and for rejects', () => {
    expect(outputWeights('none', spec, { classIndex, indices })).toBeNull()
    const named = outputWeights({ crossed: 3 }, spec, { classIndex, indices })
    expect(Array.from(named ?? [])).toEqual([1, 1, 3, 1])
  })

  it('that are balanced give each class that occurs the same share of the loss', () => {
    const balanced = Array.from(outputWeights('balanced', spec, { classIndex, indices }) ?? [])
    expect(balanced).toEqual([0.625, 2.5, 1, 1])
  })
})
