import type { Op, OpAttributes, ReductionAttributes } from '../graph/op'
import type { NodeOf } from '../graph/value'
import {
  asInGraph,
  channelsLast,
  graphOrder,
  imageOrder,
  placeOfAxis,
  sameOrder,
  type Held,
} from './channelOrder'
import { convolve } from './convolve'
import { normalizeBatch } from './normalize'
import type { Tensor, Tensorflow } from './tensorflow'

type Rule<K extends Op> = (tf: Tensorflow, inputs: readonly Held[], attributes: OpAttributes[K]) => Held
/** The runtime's own order of channels is never asked for here. */
type ComputedOp = Exclude<Op, 'ToBlocks' | 'FromBlocks' | 'RepeatColumns'>

const at = (inputs: readonly Held[], index: number): Held => {
  const held = inputs[index]
  if (!held) throw new Error(`input ${index} is missing`)
  return held
}
const same =
  (compute: (tf: Tensorflow, x: Tensor) => Tensor): Rule<Op> =>
  (tf, inputs) => {
    const x = at(inputs, 0)
    return { ...x, tensor: compute(tf, x.tensor) }
  }
const pair =
  (compute: (tf: Tensorflow, a: Tensor, b: Tensor) => Tensor): Rule<Op> =>
  (tf, inputs) => {
    const { tensors, hold } = sameOrder(tf, [at(inputs, 0), at(inputs, 1)])
    const [a, b] = tensors as [Tensor, Tensor]
    return hold(compute(tf, a, b))
  }
/** On the tensor in the graph's own order. */
const ordered =
  <K extends Op>(compute: (tf: Tensorflow, x: Tensor, attributes: OpAttributes[K]) => Tensor): Rule<K> =>
  (tf, inputs, attributes) =>
    asInGraph(compute(tf, graphOrder(tf, at(inputs, 0)), attributes))
const reduction =
  (compute: (tf: Tensorflow, x: Tensor, axes: number[], keepDims: boolean) => Tensor) =>
  (tf: Tensorflow, inputs: readonly Held[], { axes, keepDims }: ReductionAttributes): Held => {
    const x = at(inputs, 0)
    const left = [0, 1, 2, 3].filter((axis) => !axes.includes(axis)).map(placeOfAxis)
    const keepsOrder = left.every((place, i) => i === 0 || place > (left[i - 1] ?? 0))
    if (!x.channelsLast || !(keepDims || keepsOrder)) {
      return asInGraph(compute(tf, graphOrder(tf, x), [...axes], keepDims))
    }
    return { tensor: compute(tf, x.tensor, axes.map(placeOfAxis), keepDims), channelsLast: keepDims }
  }

const rules: { readonly [K in ComputedOp]: Rule<K> } = {
  Add: pair((tf, a, b) => tf.add(a, b)),
  Sub: pair((tf, a, b) => tf.sub(a, b)),
  Mul: pair((tf, a, b) => tf.mul(a, b)),
  Div: pair((tf, a, b) => tf.div(a, b)),
  Neg: same((tf, x) => tf.neg(x)),
  Relu: same((tf, x) => tf.relu(x)),
  Exp: same((tf, x) => tf.exp(x)),
  Log: same((tf, x) => tf.log(x)),
  Sqrt: same((tf, x) => tf.sqrt(x)),
  Erf: same((tf, x) => tf.erf(x)),
  Sigmoid: same((tf, x) => tf.sigmoid(x)),
  Step: (tf, inputs, { atZero }) => {
    const x = at(inputs, 0)
    const zero = tf.scalar(0)
    const reached = atZero === 1 ? tf.logicalNot(tf.greater(zero, x.tensor)) : tf.greater(x.tensor, zero)
    return { ...x, tensor: tf.cast(reached, 'float32') }
  },
  Greater: pair((tf, a, b) => tf.greater(a, b)),
  Equal: pair((tf, a, b) => tf.equal(a, b)),
  And: pair((tf, a, b) => tf.logicalAnd(a, b)),
  Not: same((tf, x) => tf.logicalNot(x)),
  ToFloat: same((tf, x) => tf.cast(x, 'float32')),
  Where: (tf, inputs) => {
    const { tensors, hold } = sameOrder(tf, inputs)
    const [condition, a, b] = tensors as [Tensor, Tensor, Tensor]
    return hold(tf.where(condition, a, b))
  },
  StopGradient: same((tf, x) =>
    tf.customGrad((value) => ({
      value: (value as Tensor).clone(),
      gradFunc: (upstream) => tf.zerosLike(upstream),
    }))(x),
  ),
  ReduceSum: reduction((tf, x, axes, keepDims) => tf.sum(x, axes, keepDims)),
  ReduceMean: reduction((tf, x, axes, keepDims) => tf.mean(x, axes, keepDims)),
  ReduceMax: reduction((tf, x, axes, keepDims) => tf.max(x, axes, keepDims)),
  MatMul: (tf, inputs, { transposeA, transposeB }) =>
    asInGraph(
      tf.matMul(graphOrder(tf, at(inputs, 0)), graphOrder(tf, at(inputs, 1)), transposeA, transposeB),
    ),
  Reshape: ordered((tf, x, { shape }) => tf.reshape(x, [...shape])),
  // Channel by channel, as ONNX flattens, or the weights that follow would mean something else.
  Flatten: ordered((tf, x) => tf.reshape(x, [x.shape[0], -1])),
  Transpose: ordered((tf, x, { permutation }) => tf.transpose(x, [...permutation])),
  Expand: ordered((tf, x, { shape }) => tf.broadcastTo(x, [...shape])),
  Concat: (tf, inputs, { axis }) =>
    asInGraph(
      tf.concat(
        inputs.map((held) => graphOrder(tf, held)),
        axis,
      ),
    ),
  Slice: ordered((tf, x, { axes, starts, ends, steps }) =>
    axes.reduce(
      (value, axis, i) => takeRange(tf, value, axis, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1),
      x,
    ),
  ),
  Pad: ordered((tf, x, { before, after }) =>
    tf.pad(
      x,
      before.map((count, axis): [number, number] => [count, after[axis] ?? 0]),
    ),
  ),
  Conv: (tf, inputs, attributes) => {
    const y = convolve(tf, imageOrder(tf, at(inputs, 0)), at(inputs, 1).tensor, attributes)
    return channelsLast(inputs[2] ? tf.add(y, inputs[2].tensor) : y)
  },
  MaxPool: (tf, inputs, { kernel, stride }) =>
    channelsLast(tf.maxPool(imageOrder(tf, at(inputs, 0)), [...kernel], [...stride], 'valid')),
  AveragePool: (tf, inputs, { kernel, stride }) =>
    channelsLast(tf.avgPool(imageOrder(tf, at(inputs, 0)), [...kernel], [...stride], 'valid')),
  BatchNorm: (tf, inputs, { epsilon }) => {
    const x = at(inputs, 0)
    const isImage = x.tensor.rank === 4
    const [scale, shift, mean, variance] = [1, 2, 3, 4].map((index) => at(inputs, index).tensor) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ]
    const image = isImage ? imageOrder(tf, x) : x.tensor
    return {
      tensor: normalizeBatch(tf, [image, scale, shift, mean, variance], epsilon),
      channelsLast: isImage,
    }
  },
}

/** One range along one axis, by operators that all have gradients. */
function takeRange(
  tf: Tensorflow,
  x: Tensor,
  axis: number,
  start: number,
  end: number,
  step: number,
): Tensor {
  if (step === -1) return tf.reverse(x, axis)
  if (step === 1) {
    const begin = x.shape.map((_, i) => (i === axis ? start : 0))
    return tf.slice(
      x,
      begin,
      x.shape.map((length, i) => (i === axis ? end - start : length)),
    )
  }
  const places = Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step)
  return tf.gather(x, tf.tensor(places, [places.length], 'int32'), axis)
}

/** Computes one operator of the graph with TensorFlow. An operator that is not in the table is refused by name. */
export function computeOp<K extends Op>(
  tf: Tensorflow,
  node: Pick<NodeOf<K>, 'op' | 'attributes'>,
  inputs: readonly Held[],
): Held {
  const rule = (rules as { readonly [O in Op]?: Rule<O> })[node.op]
  if (!rule) throw new Error(`the operator ${node.op} has no form in TensorFlow`)
  return rule(tf, inputs, node.attributes)
}
