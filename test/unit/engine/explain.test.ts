import { join } from 'node:path'
import { expect, it } from 'vitest'
import { changeMind } from '../../../src/main/engine/explain/changeMind'
import { Explainer } from '../../../src/main/engine/explain/explainer'
import { layerMaps } from '../../../src/main/engine/explain/layerMaps'
import { nearest } from '../../../src/main/engine/explain/nearest'
import { occlude } from '../../../src/main/engine/explain/occlude'
import { argMax } from '../../../src/main/engine/infer/probabilities'
import { Recognizer } from '../../../src/main/engine/infer/recognizer'
import { readWeights } from '../../../src/main/engine/model/modelFolder'
import { tabulateNetwork } from '../../../src/main/engine/network/tabulateNetwork'
import { toPixels } from '../../../src/shared/image/toPixels'
import { modelSpecSchema } from '../../../src/shared/model/modelSpec'
import { Random } from '../../../src/shared/random'
import { mnistTestSamples } from '../../fixtures/mnistSamples'
import { digitsFolder, randomModel, tinySpec } from './exportFixtures'

/** Without kinks, across which a difference is no gradient. */
const smoothSpec = modelSpecSchema.parse({
  ...tinySpec,
  layers: [
    { type: 'conv2d', filters: 4, bias: false },
    { type: 'batchNorm' },
    { type: 'silu' },
    { type: 'averagePool', size: 2 },
    { type: 'residual', layers: [{ type: 'conv2d', filters: 6 }, { type: 'gelu' }] },
    { type: 'globalAveragePool' },
    { type: 'dense', units: 8 },
    { type: 'silu' },
  ],
})
const signal = new AbortController().signal

it('the gradient on the ink is that of central differences', async () => {
  const { folder } = await randomModel(smoothSpec)
  const explainer = await Explainer.create(smoothSpec, await readWeights(join(folder, 'model')))
  const random = new Random(3)
  const size = tinySpec.input.width * tinySpec.input.height
  const pixels = Float32Array.from({ length: size }, () => random.uniform(0.1, 0.9))
  const { gradient } = await explainer.explain(pixels, 2, 0)
  const step = 2e-3
  const margin = async (place: number, by: number): Promise<number> => {
    const moved = pixels.slice()
    moved[place] = (moved[place] ?? 0) + by
    const { logits } = await explainer.explain(moved, 2, 0)
    return (logits[2] ?? 0) - (logits[0] ?? 0)
  }
  let [off, all] = [0, 0]
  for (let place = 0; place < size; place++) {
    const slope = ((await margin(place, step)) - (await margin(place, -step))) / (2 * step)
    off += ((gradient[place] ?? 0) - slope) ** 2
    all += slope ** 2
  }
  await explainer.release()
  expect(all).toBeGreaterThan(0)
  expect(Math.sqrt(off / all)).toBeLessThan(0.02)
})

it('occlusion finds the place that the answer rests on, and none without ink', async () => {
  const size = { width: 12, height: 12 }
  const raster = new Uint8Array(144)
  const [told, untold] = [2 * 12 + 3, 9 * 12 + 9]
  raster[told] = 255
  raster[untold] = 255
  // Logits of a network that looks at one place alone.
  const read = (rasters: Uint8Array): Promise<Float32Array> =>
    Promise.resolve(
      Float32Array.from({ length: (2 * rasters.length) / 144 }, (_, i) =>
        i % 2 === 1 ? (rasters[((i - 1) / 2) * 144 + told] ?? 0) / 255 : 0,
      ),
    )
  const map = await occlude(raster, size, read, 1, signal)
  expect(argMax(map)).toBe(told)
  expect([map[told], map[untold], map[11 * 12]]).toEqual([1, 0, 0])
})

it('a small change to a digit makes the model that ships read its second choice', async () => {
  const { spec } = (await Recognizer.load(digitsFolder, { provider: 'cpu' })).card
  const explainer = await Explainer.create(spec, await readWeights(digitsFolder))
  const samples = await mnistTestSamples(4)
  let found = 0
  for (const { pixels } of samples) {
    const before = toPixels(pixels)
    const { logits } = await explainer.explain(before, 0)
    const ranked = [...logits.subarray(0, 10).keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0))
    const [from = 0, to = 0] = ranked
    const changed = await changeMind(explainer, before, { from, to }, signal)
    if (!changed) continue
    found++
    expect(argMax((await explainer.explain(changed, to)).logits.subarray(0, 10))).toBe(to)
    const count = changed.reduce((sum, value, i) => sum + Number(value !== before[i]), 0)
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(95)
  }
  await explainer.release()
  expect(found).toBeGreaterThan(1)
})

it('what a layer gives is of the shape that the table says, for every layer', async () => {
  const { folder } = await randomModel()
  const pixels = new Float32Array(tinySpec.input.width * tinySpec.input.height).fill(0.5)
  const views = await layerMaps(tinySpec, await readWeights(join(folder, 'model')), pixels)
  const table = tabulateNetwork(tinySpec).layers
  expect(views.map(({ name }) => name)).toEqual(table.map(({ name }) => name))
  views.forEach((view, at) => {
    const { channels, height, width, maps } = view
    expect(table[at]?.output).toEqual(
      height * width === 1 && table[at]?.output.length === 1 ? [channels] : [channels, height, width],
    )
    expect(maps).toHaveLength(channels * height * width)
  })
  expect(views[0]?.filters).toMatchObject({ count: 4, height: 3, width: 3 })
})

it('the nearest are those whose features point the same way', () => {
  const features = Float32Array.of(0, 1, 5, 0.5, -1, 0, 3, 3)
  expect(nearest(features, Float32Array.of(1, 0.1), 2)).toMatchObject([{ index: 1 }, { index: 3 }])
})
