import { describe, expect, it } from 'vitest'
import { stateKey } from '../../../src/main/engine/compile/stateKey'
import { compileTraining, nextKey } from '../../../src/main/engine/compile/trainingGraph'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { channelBlock } from '../../../src/main/engine/runtime/channelBlock'
import { Session, type HostTensor } from '../../../src/main/engine/runtime/session'
import { modelSpecSchema } from '../../../src/shared/model/modelSpec'
import { Random } from '../../../src/shared/random'
import { recipeSchema } from '../../../src/shared/training/recipe'

const block = await channelBlock('cpu')

const spec = modelSpecSchema.parse({
  name: 'blocks',
  input: { width: 12, height: 12, raster: { box: 8, penWidth: 1, centre: 'mass' } },
  classes: ['a', 'b', 'c'],
  layers: [
    { type: 'conv2d', filters: 16 },
    { type: 'relu' },
    { type: 'conv2d', filters: 32 },
    { type: 'relu' },
    { type: 'maxPool' },
    {
      type: 'residual',
      layers: [{ type: 'conv2d', filters: 16, bias: false }, { type: 'batchNorm' }, { type: 'relu' }],
    },
    { type: 'conv2d', filters: 16, stride: 2 },
    { type: 'dense', units: 8 },
  ],
})
const recipe = recipeSchema.parse({ batchSize: 16, optimizer: { type: 'sgd', momentum: 0.9 } })

/** The loss and every tensor of the state after one step, of a training that computes in blocks of the given size. */
async function firstStep(channels: number): Promise<Record<string, HostTensor>> {
  const graph = compileTraining(spec, recipe, 0, channels)
  const random = new Random(5)
  const parameters = initializeParameters(
    graph.state.flatMap(({ kind, parameter }) => (kind === 'weights' ? [parameter] : [])),
    3,
  )
  const session = await Session.create(graph.model, { provider: 'cpu', threads: 2 })
  const state = graph.state.map(({ key, kind, parameter: { name, shape } }) => {
    const values = parameters.get(name) ?? new Float32Array()
    return [key, { shape, data: kind === 'weights' ? values : new Float32Array(values.length) }] as const
  })
  try {
    return await session.run({
      pixels: {
        shape: graph.inputShape,
        data: Float32Array.from({ length: 16 * 12 * 12 }, () => random.uniform()),
      },
      labels: { shape: [16], data: Int32Array.from({ length: 16 }, (_, i) => i % 3) },
      sampleWeights: { shape: [16], data: new Float32Array(16).fill(1) },
      learningRate: { shape: [], data: Float32Array.of(0.1) },
      ...Object.fromEntries(state),
    })
  } finally {
    await session.release()
  }
}

describe('convolutions in blocks of channels', () => {
  it('are not used on providers that have none', async () => {
    expect(await channelBlock('webgpu')).toBe(0)
  })

  it('are found on x64, where the runtime has them', (context) => {
    if (process.arch !== 'x64') context.skip('not an x64 processor')
    expect([8, 16]).toContain(block)
  })

  it('train as plain ones do, to the last digits of a float, and repeat themselves bit for bit', async (context) => {
    if (block === 0) context.skip('no convolutions in blocks of channels here')
    const [plain, blocked, again] = [await firstStep(0), await firstStep(block), await firstStep(block)]
    const first = nextKey(stateKey('momentum', 'conv2d1.weight'))
    // Another order of summing shows, or the blocks were not used at all.
    expect(blocked[first]?.data).not.toEqual(plain[first]?.data)
    for (const [name, { data }] of Object.entries(plain)) {
      const expected = Array.from(data)
      const largest = Math.max(...expected.map(Math.abs))
      expected.forEach((value, i) => {
        expect(Math.abs((blocked[name]?.data[i] ?? NaN) - value), name).toBeLessThan(1e-5 * (largest + 1e-3))
      })
    }
    expect(again).toEqual(blocked)
  })
})
