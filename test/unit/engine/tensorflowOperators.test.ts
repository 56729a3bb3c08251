import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src/main/engine/graph/graphBuilder'
import type { ConvAttributes, Op } from '../../../src/main/engine/graph/op'
import { sizeOf, type Shape } from '../../../src/main/engine/graph/shape'
import type { Value } from '../../../src/main/engine/graph/value'
import { GraphInterpreter } from '../../../src/main/engine/tensorflow/graphInterpreter'
import { Random } from '../../../src/shared/random'
import { runGraph } from './runGraph'
import { requireTensorflow } from './tensorflowFolder'

type Build = (b: GraphBuilder, x: Value, y: Value) => Value

/** Images that operators take in both orders of their channels, and what broadcasts to them. */
const image: Shape = [2, 4, 6, 5]
const perChannel: Shape = [4, 1, 1]

const window = { kernel: [3, 2], stride: [2, 1] } as const
/** The first few of one number a channel. */
const channel = (b: GraphBuilder, y: Value, count = 4): Value =>
  b.slice(b.reshape(y, [4]), { axes: [0], starts: [0], ends: [count], steps: [1] })
const kernels = (b: GraphBuilder, out: number, channels = 4): Value =>
  b.constant(numbers([out, channels, 3, 3], 5), [out, channels, 3, 3])
const convolution = (
  stride: [number, number],
  padding: [number, number, number, number],
  groups = 1,
): ConvAttributes => ({ kernel: [3, 3], stride, padding, groups })

function numbers(shape: Shape, seed: number): Float32Array {
  const random = new Random(seed)
  return Float32Array.from({ length: sizeOf(shape) }, () => random.uniform(0.1, 2))
}

/** One case or more for each operator, of numbers from 0.1 to 2; the table's type sees to it that none is left out. */
const cases: Readonly<Record<Exclude<Op, 'ToBlocks' | 'FromBlocks' | 'RepeatColumns'>, readonly Build[]>> = {
  Add: [(b, x, y) => b.add(x, y), (b, x) => b.add(b.scalar(3), x)],
  Sub: [(b, x, y) => b.sub(y, x)],
  Mul: [(b, x, y) => b.mul(x, y)],
  Div: [(b, x, y) => b.div(x, y)],
  Neg: [(b, x) => b.neg(x)],
  Relu: [(b, x) => b.relu(b.sub(x, b.scalar(1)))],
  Exp: [(b, x) => b.exp(x)],
  Log: [(b, x) => b.log(x)],
  Sqrt: [(b, x) => b.sqrt(x)],
  Erf: [(b, x) => b.erf(x)],
  Sigmoid: [(b, x) => b.sigmoid(x)],
  Step: [(b, x, y) => b.step(b.sub(x, y), 0), (b, x) => b.step(b.sub(x, b.reduceMax(x, [2, 3], true)), 1)],
  Greater: [(b, x, y) => b.toFloat(b.greater(x, y))],
  Equal: [(b, x) => b.toFloat(b.equal(x, b.reduceMax(x, [2, 3], true)))],
  And: [(b, x, y) => b.toFloat(b.and(b.greater(x, y), b.greater(x, b.scalar(1))))],
  Not: [(b, x, y) => b.toFloat(b.not(b.greater(x, y)))],
  ToFloat: [(b, x, y) => b.toFloat(b.greater(y, x))],
  Where: [(b, x, y) => b.where(b.greater(x, b.scalar(1)), x, y)],
  StopGradient: [(b, x) => b.stopGradient(x)],
  ReduceSum: [
    (b, x) => b.reduceSum(x, [0, 2, 3]),
    (b, x) => b.reduceSum(x, [0]),
    (b, x) => b.reduceSum(x, [1, 3], true),
  ],
  ReduceMean: [(b, x) => b.reduceMean(x, [2, 3]), (b, x) => b.reduceMean(x, [1])],
  ReduceMax: [(b, x) => b.reduceMax(x, [2, 3], true), (b, x) => b.reduceMax(x, [3])],
  MatMul: [
    (b, x) => b.matMul(x, x, { transposeB: true }),
    (b, x) => b.matMul(b.flatten(x), b.flatten(x), { transposeA: true }),
  ],
  Reshape: [(b, x) => b.reshape(x, [8, 30])],
  Flatten: [(b, x) => b.flatten(x), (b, x) => b.flatten(b.reduceSum(x, [2, 3], true))],
  Transpose: [(b, x) => b.transpose(x, [3, 1, 0, 2])],
  Expand: [(b, x) => b.expand(b.reduceMean(x, [2, 3], true), image)],
  Concat: [(b, x) => b.concat([x, x], 1), (b, x) => b.concat([x, b.neg(x)], 2)],
  Slice: [
    (b, x) => b.slice(x, { axes: [1, 2], starts: [1, 0], ends: [3, 6], steps: [1, 2] }),
    (b, x) => b.flip(x, [2, 3]),
  ],
  Pad: [(b, x) => b.pad(x, [0, 1, 0, 2], [1, 0, 2, 0])],
  Conv: [
    (b, x, y) => b.conv(x, kernels(b, 3), channel(b, y, 3), convolution([2, 2], [1, 0, 1, 1])),
    (b, x) => b.conv(x, kernels(b, 5), null, convolution([1, 1], [1, 1, 1, 1])),
    (b, x) => b.conv(x, kernels(b, 2), null, convolution([1, 1], [2, 0, 0, 1])),
    (b, x) => b.conv(x, kernels(b, 4, 1), null, convolution([2, 2], [0, 1, 1, 1], 4)),
  ],
  MaxPool: [(b, x) => b.maxPool(x, window)],
  AveragePool: [(b, x) => b.averagePool(x, window)],
  BatchNorm: [
    (b, x, y) => {
      const values = channel(b, y)
      const inputs = [x, values, values, b.reduceMean(x, [0, 2, 3]), b.exp(values)]
      return b.apply('BatchNorm', inputs, { epsilon: 1e-3 })
    },
  ],
}

describe('operators in TensorFlow', () => {
  for (const [op, builds] of Object.entries(cases)) {
    // A window of one pixel changes nothing, and leaves the image with its channels last, as convolutions do.
    for (const turned of [false, true]) {
      it(`${op} gives what ONNX Runtime gives${turned ? ', from an image with its channels last' : ''}`, async (context) => {
        const { tf } = await requireTensorflow(context)
        for (const build of builds) {
          const b = new GraphBuilder()
          const [x, y] = [b.input('x', image), b.input('y', perChannel)]
          const from = turned ? b.averagePool(x, { kernel: [1, 1], stride: [1, 1] }) : x
          const output = build(b, from, y)
          const [xValues, yValues] = [numbers(image, 1), numbers(perChannel, 2)]
          const { output: wanted = [] } = await runGraph(
            { output },
            { x: { data: xValues, shape: image }, y: { data: yValues, shape: perChannel } },
          )
          const interpreter = new GraphInterpreter(tf, [output])
          const tensors = tf.memory().numTensors
          const found = tf.tidy(() => {
            const [tensor] = interpreter.run(
              new Map([
                [x, tf.tensor(xValues, [...image])],
                [y, tf.tensor(yValues, [...perChannel])],
              ]),
            )
            if (!tensor) throw new Error('no output')
            expect(tensor.shape).toEqual(output.shape)
            return tensor.dataSync<'float32'>()
          })
          expect(tf.memory().numTensors).toBe(tensors)
          interpreter.release()
          expect(found.length).toBe(wanted.length)
          wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3))
        }
      })
    }
  }
})
