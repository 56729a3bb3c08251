import { expect, it } from 'vitest'
import { createDataset, type Dataset } from '../../../src/main/data/dataset'
import { divideIntoFolds, drawShots } from '../../../src/main/engineProcess/teaching/folds'
import { judge } from '../../../src/main/engineProcess/teaching/gate'
import { suggestNext } from '../../../src/main/engineProcess/teaching/suggestions'

function samplesOf(
  labels: readonly string[],
  writers: Dataset['writers'] = null,
  sittings: Dataset['sittings'] = null,
) {
  const content = { kind: 'rasters' as const, width: 1, height: 1, pixels: new Uint8Array(labels.length) }
  const dataset = createDataset('test', labels, content, writers, sittings)
  return { dataset, classIndex: dataset.labelIndex, indices: Int32Array.from(labels.keys()) }
}
const repeated = (labels: string, times: number): string[] => [...labels.repeat(times)]

it('every sample is held out once, by a fold that does not learn from it', () => {
  const { by, folds, final } = divideIntoFolds(samplesOf(repeated('abc', 5)), 1)
  expect(by).toBe('turns')
  expect(folds).toHaveLength(3)
  expect(folds.flatMap(({ heldOut }) => [...heldOut]).sort((a, b) => a - b)).toEqual([...final])
  for (const { training, heldOut } of folds) {
    expect(training.length + heldOut.length).toBe(15)
    expect([...training].filter((index) => heldOut.includes(index))).toEqual([])
  }
})

it('samples that one writer wrote in one sitting stay together', () => {
  const labels = repeated('ab', 6)
  const sittings = labels.map((_, i) => `sitting ${Math.floor(i / 3)}`)
  const writers = labels.map((_, i) => (i < 6 ? null : 'guest'))
  for (const set of [
    samplesOf(labels, null, sittings),
    samplesOf(labels, sittings),
    samplesOf(labels, writers, sittings),
  ]) {
    const { by, folds } = divideIntoFolds(set, 1)
    expect(by).toBe('groups')
    expect(folds.length).toBeGreaterThan(1)
    for (const { training, heldOut } of folds) {
      const held = new Set([...heldOut].map((index) => sittings[index]))
      expect([...training].some((index) => held.has(sittings[index]))).toBe(false)
    }
  }
})

it('a class that was written in one sitting alone is still learned by those that it is measured with', () => {
  const set = samplesOf([...repeated('ab', 4), ...repeated('c', 3)], null, [
    ...repeated('1122', 2),
    ...repeated('2', 3),
  ])
  for (const { training, heldOut } of divideIntoFolds(set, 1).folds) {
    const learned = new Set([...training].map((index) => set.classIndex[index]))
    expect([...heldOut].every((index) => learned.has(set.classIndex[index]))).toBe(true)
  }
})

it('draws so many samples of each class, and measures on all others', () => {
  const { folds, final } = drawShots(samplesOf(repeated('ab', 6)), 2, 1)
  expect(final).toHaveLength(4)
  expect(folds[0]?.heldOut).toHaveLength(8)
  expect(drawShots(samplesOf(repeated('ab', 2)), 2, 1).folds).toEqual([])
})

const share = (accuracy: number): { count: number; accuracy: number } => ({ count: 1000, accuracy })

it('the gate takes what is better and has forgotten no more than the limit', () => {
  const gate = (own: [number, number], base: [number, number]) =>
    judge(
      { before: share(own[0]), after: share(own[1]) },
      { before: share(base[0]), after: share(base[1]) },
      0.005,
    )
  expect(gate([0.9, 0.95], [0.99, 0.985])).toMatchObject({ passed: true, reasons: [] })
  expect(gate([0.9, 0.9], [0.99, 0.99])).toMatchObject({ passed: false, reasons: ['no-gain'] })
  expect(gate([0.9, 0.95], [0.99, 0.984])).toMatchObject({ passed: false, reasons: ['base-worse'] })
  expect(gate([0.9, 0.8], [0.99, 0.5]).reasons).toEqual(['no-gain', 'base-worse'])
})

it('asks first for what is confused, then for what there is little of', () => {
  const coverage = [
    { label: 'a', samples: 5, isNew: false },
    { label: 'b', samples: 3, isNew: false },
    { label: 'c', samples: 0, isNew: false },
  ]
  const perClass = (label: string, recall: number, support: number) => ({
    ...{ label, precision: 1, recall, f1: 1, support },
  })
  const measured = {
    ...{ model: 'm', count: 8, accuracy: 0.5, macroPrecision: 1, macroRecall: 1, macroF1: 1 },
    perClass: [perClass('a', 0.5, 5), perClass('b', 1, 3), perClass('c', 0, 0)],
    ...{ confusion: [], reliability: { ece: 0, bins: [] }, unsure: 0 },
    ...{ parameters: 1, modelBytes: 1, readingMs: 1 },
  }
  const wrong = { label: 'b', probability: 1 }
  const suggestions = suggestNext(coverage, {
    ...{ data: 'd', width: 1, height: 1, before: measured, after: measured },
    significance: { fixed: 0, broken: 0, pValue: 1, verdict: 'same' },
    samples: [{ index: 0, label: 'a', before: wrong, after: wrong, pixels: null }],
  })
  expect(suggestions).toEqual([
    { label: 'a', reason: 'confused', with: 'b', samples: 5 },
    { label: 'b', reason: 'few', with: null, samples: 2 },
    { label: 'c', reason: 'missing', with: null, samples: 5 },
  ])
})
