import { expect, it } from 'vitest'
import { createDataset } from '../../../src/main/data/dataset'
import { previewCopies } from '../../../src/main/engineProcess/teaching/previewCopies'
import { recipeOf, trainedSpec, usualTuning } from '../../../src/main/engineProcess/teaching/rungs'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { freezeLayers } from '../../../src/main/engine/network/freezing'
import { tinySpec } from '../engine/tinyTask'

const still = { rotation: 0, scale: 0, shift: 0, shear: 0, elastic: 0, thickness: 0 }

it('what is usual is what a teaching does where nothing is set by hand', () => {
  const { head, full } = { head: usualTuning('head', tinySpec, 30), full: usualTuning('full', tinySpec, 30) }
  for (const [rung, usual] of [
    ['head', head],
    ['full', full],
  ] as const) {
    const samples = rung === 'full' ? 30 : 30 * usual.copies
    expect(recipeOf(rung, tinySpec, samples, usual, 1)).toEqual(recipeOf(rung, tinySpec, samples, {}, 1))
  }
})

it('dropout before the head is drawn anew in each step, and adds no parameter', () => {
  const tuning = { dropout: 0.3 }
  const spec = trainedSpec(tinySpec, tuning)
  const names = (layers: typeof tinySpec) => describeParameters(layers).map(({ name }) => name)
  expect(names(spec)).toEqual(names(tinySpec))
  const { freeze } = recipeOf('head', tinySpec, 30, tuning, 1)
  const { front } = freezeLayers(spec, freeze)
  // All but the dropout itself.
  expect(front).toBe(tinySpec.layers.length)
})

it('copies are shown beside the sample, as far from it as is asked for', () => {
  const { width, height } = tinySpec.input
  const pixels = new Uint8Array(2 * width * height)
  for (let i = 0; i < height; i++) pixels[i * width + 5] = 255
  pixels.fill(255, width * height + 5 * width, width * height + 6 * width)
  const [one = '', other = ''] = tinySpec.classes
  const dataset = createDataset('test', [one, other], { kind: 'rasters', width, height, pixels })
  const own = { dataset, classIndex: dataset.labelIndex, indices: Int32Array.of(0, 1) }
  const shown = previewCopies(own, tinySpec, still)
  expect(shown.samples.map(({ label }) => label)).toEqual([one, other])
  for (const { pictures } of shown.samples) expect(new Set(pictures).size).toBe(1)
  const bent = previewCopies(own, tinySpec, { ...still, rotation: 30 })
  for (const { pictures } of bent.samples) expect(new Set(pictures).size).toBeGreaterThan(4)
})
