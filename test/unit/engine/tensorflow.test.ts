import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeParameters } from '../../../src/main/engine/network/describeNetwork'
import { initializeParameters } from '../../../src/main/engine/network/parameter'
import { TrainingSession } from '../../../src/main/engine/training/trainingSession'
import type { Batch } from '../../../src/shared/training/batch'
import { modelSpecSchema, type ModelSpec, type ModelSpecInput } from '../../../src/shared/model/modelSpec'
import { Random } from '../../../src/shared/random'
import { recipeSchema, type RecipeInput } from '../../../src/shared/training/recipe'

/** TensorFlow.js's plain CPU backend as a second opinion: another implementation, by other people, of the same arithmetic. */

const size = 12
const batchSize = 6
const classes = ['a', 'b', 'c']
type Weights = ReadonlyMap<string, tf.Variable>

function specOf(layers: ModelSpecInput['layers']): ModelSpec {
  return modelSpecSchema.parse({
    name: 'tiny',
    input: { width: size, height: size, raster: { box: 8, penWidth: 1, centre: 'mass' } },
    classes,
    layers,
  })
}

function weight(weights: Weights, name: string): tf.Tensor {
  const found = weights.get(name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

/** [out, in, rows, columns] of ONNX -> [rows, columns, in, out] of TensorFlow. */
const kernel = (weights: Weights, name: string): tf.Tensor4D =>
  tf.transpose(weight(weights, name) as tf.Tensor4D, [2, 3, 1, 0])

const conv = (x: tf.Tensor4D, weights: Weights, name: string, stride = 1): tf.Tensor4D =>
  tf.conv2d(x, kernel(weights, `${name}.weight`), stride, 'same')

function normalize(x: tf.Tensor4D, weights: Weights, name: string): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2])
  const scaled = tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    weight(weights, `${name}.shift`) as tf.Tensor1D,
    weight(weights, `${name}.scale`) as tf.Tensor1D,
    1e-5,
  )
  return scaled
}
/** [channels, 1, rows, columns] of ONNX -> [rows, columns, channels, 1] of TensorFlow. */
const depthwise = (x: tf.Tensor4D, weights: Weights, name: string, stride = 1): tf.Tensor4D =>
  tf.depthwiseConv2d(
    x,
    tf.transpose(weight(weights, `${name}.weight`) as tf.Tensor4D, [2, 3, 0, 1]),
    stride,
    'same',
  )

function normalizeGroups(x: tf.Tensor4D, groups: number, weights: Weights, name: string): tf.Tensor4D {
  const [batch, rows, columns, channels] = x.shape
  const grouped = tf.reshape(x, [batch, rows, columns, groups, channels / groups])
  const { mean, variance } = tf.moments(grouped, [1, 2, 4], true)
  const normal = tf.reshape(tf.div(tf.sub(grouped, mean), tf.sqrt(tf.add(variance, 1e-5))), x.shape)
  return tf.add(tf.mul(normal, weight(weights, `${name}.scale`)), weight(weights, `${name}.shift`))
}

const dense = (x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D =>
  tf.add(tf.matMul(x, weight(weights, `${name}.weight`) as tf.Tensor2D), weight(weights, `${name}.bias`))
/** ONNX flattens [channels, rows, columns]; TensorFlow has the channels last. */
const flat = (x: tf.Tensor4D): tf.Tensor2D => tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1])

interface Network {
  readonly name: string
  readonly spec: ModelSpec
  readonly logits: (x: tf.Tensor4D, weights: Weights) => tf.Tensor2D
}

const networks: Network[] = [
  {
    name: 'convolutions with bias, both poolings, dense layers',
    spec: specOf([
      { type: 'conv2d', filters: 4 },
      { type: 'relu' },
      { type: 'maxPool', size: 2 },
      { type: 'conv2d', filters: 5, kernel: 5 },
      { type: 'gelu' },
      { type: 'averagePool', size: 2 },
      { type: 'dense', units: 7 },
      { type: 'relu' },
    ]),
    logits: (x, w) => {
      const first = tf.maxPool(
        tf.relu<tf.Tensor4D>(tf.add(conv(x, w, 'conv2d1'), weight(w, 'conv2d1.bias'))),
        2,
        2,
        'valid',
      )
      const second = tf.add(conv(first, w, 'conv2d2'), weight(w, 'conv2d2.bias'))
      const gelu = tf.mul<tf.Tensor4D>(tf.mul(second, 0.5), tf.add(tf.erf(tf.mul(second, Math.SQRT1_2)), 1))
      return dense(tf.relu(dense(flat(tf.avgPool(gelu, 2, 2, 'valid')), w, 'dense1')), w, 'head')
    },
  },
  {
    name: 'batch normalisation, residual blocks in steps of two, global pooling',
    spec: specOf([
      { type: 'conv2d', filters: 4, bias: false },
      { type: 'batchNorm' },
      { type: 'relu' },
      {
        type: 'residual',
        layers: [
          { type: 'conv2d', filters: 6, stride: 2, bias: false },
          { type: 'batchNorm' },
          { type: 'relu' },
          { type: 'conv2d', filters: 6, bias: false },
          { type: 'batchNorm' },
        ],
      },
      { type: 'relu' },
      { type: 'residual', layers: [{ type: 'conv2d', filters: 6, bias: false }, { type: 'batchNorm' }] },
      { type: 'globalAveragePool' },
    ]),
    logits: (x, w) => {
      const stem = tf.relu(normalize(conv(x, w, 'conv2d1'), w, 'batchNorm1'))
      const inner = tf.relu(normalize(conv(stem, w, 'residual1.conv2d1', 2), w, 'residual1.batchNorm1'))
      const branch = normalize(conv(inner, w, 'residual1.conv2d2'), w, 'residual1.batchNorm2')
      const shortCut = tf.conv2d(stem, kernel(w, 'residual1.shortcut.weight'), 2, 'valid')
      const block = tf.relu<tf.Tensor4D>(tf.add(branch, shortCut))
      const last = tf.add(normalize(conv(block, w, 'residual2.conv2d1'), w, 'residual2.batchNorm1'), block)
      return dense(tf.mean(last, [1, 2]), w, 'head')
    },
  },
  {
    name: 'depthwise and 1x1 convolutions, group normalisation, squeeze and excitation',
    spec: specOf([
      { type: 'conv2d', filters: 8, stride: 2 },
      { type: 'silu' },
      { type: 'depthwiseConv2d', kernel: 5, bias: false },
      { type: 'groupNorm', groups: 2 },
      { type: 'conv2d', filters: 6, kernel: 1 },
      { type: 'squeezeExcite', ratio: 2 },
      { type: 'depthwiseConv2d', stride: 2 },
      { type: 'groupNorm' },
      { type: 'relu' },
    ]),
    logits: (x, w) => {
      const biased = (y: tf.Tensor4D, name: string): tf.Tensor4D => tf.add(y, weight(w, `${name}.bias`))
      const stem = biased(conv(x, w, 'conv2d1', 2), 'conv2d1')
      const first = depthwise(tf.mul(stem, tf.sigmoid(stem)), w, 'depthwiseConv2d1')
      const mixed = biased(conv(normalizeGroups(first, 2, w, 'groupNorm1'), w, 'conv2d2'), 'conv2d2')
      const squeezed = tf.relu(dense(tf.mean(mixed, [1, 2]), w, 'squeezeExcite1.squeeze'))
      const shares = tf.sigmoid(dense(squeezed, w, 'squeezeExcite1.excite'))
      const weighed = tf.mul<tf.Tensor4D>(mixed, tf.reshape(shares, [batchSize, 1, 1, 6]))
      const second = biased(depthwise(weighed, w, 'depthwiseConv2d2', 2), 'depthwiseConv2d2')
      return dense(flat(tf.relu(normalizeGroups(second, 1, w, 'groupNorm2'))), w, 'head')
    },
  },
]

const optimizers: { name: string; recipe: RecipeInput; create: () => tf.Optimizer }[] = [
  {
    name: 'SGD with momentum',
    recipe: { optimizer: { type: 'sgd', momentum: 0.9 } },
    create: () => tf.train.momentum(0.05, 0.9),
  },
  {
    name: 'Adam',
    recipe: { optimizer: { type: 'adam', epsilon: 1e-7 } },
    create: () => tf.train.adam(0.05, 0.9, 0.999, 1e-7),
  },
]

function randomBatch(random: Random): Batch {
  return {
    pixels: Float32Array.from({ length: batchSize * size * size }, () => random.uniform()),
    labels: Int32Array.from({ length: batchSize }, () => random.integer(classes.length)),
    weights: new Float32Array(batchSize).fill(1),
    count: batchSize,
  }
}

function tensorFlowLosses(
  { spec, logits }: Network,
  optimizer: tf.Optimizer,
  recipe: RecipeInput,
  batches: Batch[],
): number[] {
  const infos = describeParameters(spec)
  const start = initializeParameters(infos, 3)
  const weights = new Map(
    infos.map(({ name, shape }) => [name, tf.variable(tf.tensor(start.get(name) ?? [], [...shape]))]),
  )
  const smoothing = recipe.labelSmoothing ?? 0
  return batches.map((batch) => {
    const loss = optimizer.minimize(() => {
      const x = tf.tensor4d(batch.pixels, [batchSize, size, size, 1])
      const targets = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes.length)
      const data = tf.losses.softmaxCrossEntropy(targets, logits(x, weights), undefined, smoothing)
      const penalties = infos
        .filter((info) => info.role === 'weight')
        .map((info) => tf.mul(tf.sum(tf.square(weight(weights, info.name))), (recipe.l2 ?? 0) / 2))
      return tf.add<tf.Scalar>(data, tf.addN(penalties))
    }, true)
    return loss?.dataSync()[0] ?? NaN
  })
}

describe('whole networks against TensorFlow.js', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu')
  })

  for (const network of networks) {
    for (const { name, recipe, create } of optimizers) {
      it(`${network.name}; ${name}, smoothed labels and L2: the same losses for six steps`, async () => {
        const whole = { ...recipe, batchSize, labelSmoothing: 0.1, l2: 1e-3 }
        const random = new Random(11)
        const batches = Array.from({ length: 6 }, () => randomBatch(random))
        const parsed = recipeSchema.parse(whole)
        const start = initializeParameters(describeParameters(network.spec), 3)
        const session = await TrainingSession.create(network.spec, parsed, start, { provider: 'cpu' })
        const losses: number[] = []
        for (const batch of batches) losses.push(await session.step(batch, 0.05))
        await session.release()
        const expected = tensorFlowLosses(network, create(), whole, batches)
        losses.forEach((loss, step) => {
          const wanted = expected[step] ?? NaN
          expect(Math.abs(loss - wanted) / wanted, `step ${step}: ${loss} against ${wanted}`).toBeLessThan(
            2e-3,
          )
        })
        // Six equal numbers would prove little.
        expect(Math.abs((losses[5] ?? 0) - (losses[0] ?? 0))).toBeGreaterThan(0.01)
      })
    }
  }
})
