import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { loadTensorflow } from '../../../src/main/engine/tensorflow/loadTensorflow'
import { TensorflowSession } from '../../../src/main/engine/tensorflow/tensorflowSession'
import { TrainingSession } from '../../../src/main/engine/training/trainingSession'
import { modelSpecSchema, outputCount, type ModelSpec } from '../../../src/shared/model/modelSpec'
import { characterSpecNames, namedSpec } from '../../../src/shared/model/specs'
import { Random } from '../../../src/shared/random'
import type { Batch } from '../../../src/shared/training/batch'
import { recipeSchema, type Recipe, type RecipeInput } from '../../../src/shared/training/recipe'
import { requireTensorflow } from './tensorflowFolder'

/** The two engines against each other: the same network, recipe, weights and batches. */

const batchSize = 8
const digits = Array.from('0123456789')
const optimizers = ['sgd', 'adam', 'adamw'] as const
/** Low enough that a step's rounding is not blown up by the next: on noise, large steps soon are chaos. */
const learningRates = { sgd: 1e-3, adam: 2e-5, adamw: 2e-5 } as const

const recipeOf = (recipe: RecipeInput): Recipe => recipeSchema.parse({ batchSize, ...recipe })

function batchesOf(spec: ModelSpec, count: number): Batch[] {
  const random = new Random(7)
  const { width, height } = spec.input
  return Array.from({ length: count }, () => {
    const labels = Int32Array.from({ length: batchSize }, () => random.integer(outputCount(spec)))
    return {
      pixels: Float32Array.from({ length: batchSize * width * height }, () =>
        random.chance(0.2) ? random.uniform() : 0,
      ),
      labels,
      weights: Float32Array.from(labels, (_, i) => (i === batchSize - 1 ? 0 : 0.5 + random.uniform())),
      count: batchSize - 1,
    }
  })
}

type Session = Pick<TrainingSession, 'step' | 'tensors' | 'restore' | 'release'>

async function losses(session: Session, batches: readonly Batch[], rate: number): Promise<number[]> {
  const found: number[] = []
  for (const batch of batches) found.push(await session.step(batch, rate))
  return found
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length)
  wanted.forEach((value, step) => {
    const difference = Math.abs((found[step] ?? NaN) - value) / Math.abs(value)
    expect(difference, `step ${step}: ${found[step]} against ${value}`).toBeLessThan(1e-4)
  })
}

/** The largest difference between two states, each tensor's as a share of its own norm, with the tensor's name. */
function stateDifference(found: Session, wanted: Session): { key: string; share: number } {
  const others = new Map(found.tensors().map(({ name, data }) => [name, data]))
  expect([...others.keys()].sort()).toEqual(
    wanted
      .tensors()
      .map(({ name }) => name)
      .sort(),
  )
  const norm = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0))
  return wanted
    .tensors()
    .map(({ name, data }) => {
      const other = others.get(name) ?? new Float32Array()
      const difference = norm(Array.from(data, (value, i) => value - (other[i] ?? NaN)))
      return { key: name, share: difference / Math.max(norm([...data]), 1e-6) }
    })
    .reduce((worst, one) => (one.share > worst.share || Number.isNaN(one.share) ? one : worst))
}

const everyLayer = modelSpecSchema.parse({
  name: 'every',
  input: { width: 13, height: 12, raster: { box: 8, penWidth: 1, centre: 'mass' } },
  classes: ['a', 'b', 'c'],
  rejects: true,
  layers: [
    { type: 'conv2d', name: 'stem', filters: 8, stride: 2 },
    { type: 'batchNorm', name: 'stemNorm' },
    { type: 'silu' },
    { type: 'depthwiseConv2d', kernel: 5 },
    { type: 'groupNorm', groups: 2 },
    { type: 'squeezeExcite' },
    { type: 'dropout', rate: 0.2 },
    {
      type: 'residual',
      layers: [{ type: 'conv2d', filters: 12, stride: 2, bias: false }, { type: 'batchNorm' }],
    },
    { type: 'gelu' },
    // No bias: a normalisation follows before anything bends, so that its gradient would be nothing but rounding.
    { type: 'conv2d', filters: 6, kernel: 2, bias: false },
    { type: 'maxPool', size: 2, stride: 1 },
    { type: 'averagePool', size: 2, stride: 1 },
    { type: 'flatten' },
    { type: 'dense', units: 9, bias: false },
    { type: 'batchNorm' },
    { type: 'relu' },
    { type: 'unitLength' },
  ],
})
const tinySpec = modelSpecSchema.parse({
  name: 'tiny',
  input: { width: 8, height: 8, raster: { box: 6, penWidth: 1, centre: 'mass' } },
  classes: ['a', 'b'],
  layers: [
    { type: 'conv2d', filters: 2, stride: 2 },
    { type: 'batchNorm' },
    { type: 'dropout', rate: 0.1 },
    { type: 'maxPool', size: 2 },
  ],
})
const everything: RecipeInput = {
  l2: 1e-3,
  labelSmoothing: 0.1,
  averaging: 0.9,
  clipNorm: 0.5,
  freeze: ['stem', 'stemNorm'],
}

describe('TensorFlow as an engine', () => {
  for (const name of characterSpecNames) {
    for (const type of optimizers) {
      it(`${name}, ${type}: ten steps with the losses, and a first step with the state, of ONNX Runtime`, async (context) => {
        const loaded = await requireTensorflow(context)
        const spec = namedSpec(name, digits)
        // Without momentum's memory a first step of SGD leaves the very gradients of each layer in the state.
        const recipe = recipeOf({ optimizer: { type } })
        const start = initializeParameters(describeParameters(spec), 3)
        const [first, ...others] = batchesOf(spec, 10)
        if (!first) throw new Error('no batch')
        const onnx = await TrainingSession.create(spec, recipe, start, { provider: 'cpu' })
        const tensorflow = TensorflowSession.create(spec, recipe, start, loaded)
        const rate = learningRates[type]
        const [wanted, found] = [await losses(onnx, [first], rate), await losses(tensorflow, [first], rate)]
        const { key, share } = stateDifference(tensorflow, onnx)
        expect(share, key).toBeLessThan(1e-4)
        wanted.push(...(await losses(onnx, others, rate)))
        found.push(...(await losses(tensorflow, others, rate)))
        expectClose(found, wanted)
        // Ten equal numbers would prove little.
        expect(new Set(wanted.map((loss) => loss.toFixed(3))).size).toBeGreaterThan(5)
        await onnx.release()
        await tensorflow.release()
      })
    }
  }

  it('has every layer, with clipping, averaging, smoothing, decay, frozen layers and dropout', async (context) => {
    const loaded = await requireTensorflow(context)
    const recipe = recipeOf(everything)
    const start = initializeParameters(describeParameters(everyLayer), 3)
    const batches = batchesOf(everyLayer, 10)
    const onnx = await TrainingSession.create(everyLayer, recipe, start, { provider: 'cpu' })
    const tensorflow = TensorflowSession.create(everyLayer, recipe, start, loaded)
    expectClose(await losses(tensorflow, batches, 1e-3), await losses(onnx, batches, 1e-3))
    const { key, share } = stateDifference(tensorflow, onnx)
    expect(share, key).toBeLessThan(1e-2)
    expect([...tensorflow.weights().keys()].sort()).toEqual([...onnx.weights().keys()].sort())
    const average = tensorflow.snapshot().get('head.weight')
    expect(average).toEqual(tensorflow.tensors().find(({ name }) => name === 'average/head.weight')?.data)
    await onnx.release()
    await tensorflow.release()
  })

  for (const begun of ['ONNX Runtime', 'TensorFlow']) {
    it(`goes on with what the other engine began: five steps on ${begun}, five on the other`, async (context) => {
      const loaded = await requireTensorflow(context)
      const recipe = recipeOf(everything)
      const start = initializeParameters(describeParameters(everyLayer), 3)
      const batches = batchesOf(everyLayer, 10)
      const onOnnx = (): Promise<Session> =>
        TrainingSession.create(everyLayer, recipe, start, { provider: 'cpu' })
      const onTensorflow = (): Session => TensorflowSession.create(everyLayer, recipe, start, loaded)
      const whole = await onOnnx()
      const wanted = await losses(whole, batches, 1e-3)
      const first = begun === 'TensorFlow' ? onTensorflow() : await onOnnx()
      const second = begun === 'TensorFlow' ? await onOnnx() : onTensorflow()
      const found = await losses(first, batches.slice(0, 5), 1e-3)
      second.restore(5, first.tensors())
      found.push(...(await losses(second, batches.slice(5), 1e-3)))
      expectClose(found, wanted)
      for (const session of [whole, first, second]) await session.release()
    })
  }

  it('keeps no tensors over 1,000 steps, and none when it is released', async (context) => {
    const loaded = await requireTensorflow(context)
    const recipe = recipeOf({ averaging: 0.9, clipNorm: 1 })
    const before = loaded.tf.memory()
    const start = initializeParameters(describeParameters(tinySpec), 3)
    const session = TensorflowSession.create(tinySpec, recipe, start, loaded)
    const batches = batchesOf(tinySpec, 10)
    await losses(session, batches, 1e-3)
    const during = loaded.tf.memory()
    for (let round = 0; round < 99; round++) await losses(session, batches, 1e-3)
    expect(loaded.tf.memory().numTensors).toBe(during.numTensors)
    expect(loaded.tf.memory().numBytes).toBe(during.numBytes)
    expect(session.isFinite()).toBe(true)
    await session.release()
    expect(loaded.tf.memory().numTensors).toBe(before.numTensors)
  })

  it('leaves the state as it was where a step fails, and says so as a provider does', async (context) => {
    const loaded = await requireTensorflow(context)
    const session = TensorflowSession.create(
      tinySpec,
      recipeOf({}),
      initializeParameters(describeParameters(tinySpec), 3),
      loaded,
    )
    const [batch] = batchesOf(tinySpec, 1)
    if (!batch) throw new Error('no batch')
    const before = session.tensors()
    await expect(session.step({ ...batch, pixels: new Float32Array(3) }, 1e-3)).rejects.toMatchObject({
      code: 'provider-failed',
      data: { provider: 'tensorflow' },
    })
    expect(session.tensors()).toEqual(before)
    expect(await session.step(batch, 1e-3)).toBeGreaterThan(0)
    await session.release()
  })
})

describe('loading TensorFlow', () => {
  it('says that it is missing where it was never set up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-'))
    await expect(loadTensorflow(folder)).rejects.toMatchObject({ code: 'tensorflow-missing' })
  })

  it('says what is broken of a set-up that is damaged, or whose parts are gone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-'))
    const file = join(folder, 'setup.json')
    await writeFile(file, '{')
    await expect(loadTensorflow(folder)).rejects.toMatchObject({ code: 'tensorflow-broken' })
    const setup = {
      format: 1,
      package: 'gone',
      addon: 'gone.node',
      source: '',
      installed: '2026-01-02T03:04:05Z',
    }
    await writeFile(file, JSON.stringify(setup))
    await expect(loadTensorflow(folder)).rejects.toMatchObject({ code: 'tensorflow-broken' })
  })
})
