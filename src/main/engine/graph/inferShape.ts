import { assert, assertExists } from '../../../shared/assert'
import type { DType, Op, OpAttributes, ReductionAttributes, WindowAttributes } from './op'
import { broadcastShapes, describeShape, sizeOf, windowCount, type Shape } from './shape'
import { describeValue, type Value } from './value'

export interface Inferred {
  readonly shape: Shape
  readonly dtype: DType
}
type ShapeRule<K extends Op> = (inputs: readonly Value[], attributes: OpAttributes[K]) => Inferred

const first = (inputs: readonly Value[]): Value => assertExists(inputs[0], 'the first input')
const second = (inputs: readonly Value[]): Value => assertExists(inputs[1], 'the second input')
const float = (shape: Shape): Inferred => ({ shape, dtype: 'float' })

function requireDType(value: Value, ...allowed: DType[]): void {
  assert(allowed.includes(value.dtype), () => `${describeValue(value)} should be ${allowed.join(' or ')}`)
}

const elementwise = (inputs: readonly Value[]): Inferred => {
  const x = first(inputs)
  requireDType(x, 'float')
  return float(x.shape)
}
const binary = (inputs: readonly Value[]): Inferred => {
  const [a, b] = [first(inputs), second(inputs)]
  requireDType(a, 'float')
  requireDType(b, 'float')
  return float(broadcastShapes(a.shape, b.shape))
}
const comparison = (inputs: readonly Value[]): Inferred => {
  const [a, b] = [first(inputs), second(inputs)]
  requireDType(a, 'float', 'int32')
  requireDType(b, a.dtype)
  return { shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }
}
const reduction = (inputs: readonly Value[], { axes, keepDims }: ReductionAttributes): Inferred => {
  const x = first(inputs)
  requireDType(x, 'float')
  assert(
    axes.length > 0 && axes.every((axis) => axis >= 0 && axis < x.shape.length),
    () => `axes ${describeShape(axes)} are not those of ${describeValue(x)}`,
  )
  return float(x.shape.flatMap((length, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [length])))
}
const pool = (inputs: readonly Value[], { kernel, stride }: WindowAttributes): Inferred => {
  const x = first(inputs)
  requireDType(x, 'float')
  assert(x.shape.length === 4, () => `${describeValue(x)} should be [batch, channels, height, width]`)
  const [n = 0, c = 0, h = 0, w = 0] = x.shape
  const out = [n, c, windowCount(h, kernel[0], stride[0], 0), windowCount(w, kernel[1], stride[1], 0)]
  assert(
    out.every((length) => length > 0),
    () => `a ${kernel[0]}x${kernel[1]} window does not fit into ${describeValue(x)}`,
  )
  return float(out)
}

const rules: { readonly [K in Op]: ShapeRule<K> } = {
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Neg: elementwise,
  Relu: elementwise,
  Exp: elementwise,
  Log: elementwise,
  Sqrt: elementwise,
  Erf: elementwise,
  Sigmoid: elementwise,
  Step: elementwise,
  Greater: comparison,
  Equal: comparison,
  And: (inputs) => {
    const [a, b] = [first(inputs), second(inputs)]
    requireDType(a, 'bool')
    requireDType(b, 'bool')
    return { shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }
  },
  Not: (inputs) => {
    requireDType(first(inputs), 'bool')
    return { shape: first(inputs).shape, dtype: 'bool' }
  },
  ToFloat: (inputs) => {
    requireDType(first(inputs), 'bool', 'int32', 'uint8')
    return float(first(inputs).shape)
  },
  Where: (inputs) => {
    const otherwise = assertExists(inputs[2], 'the third input')
    requireDType(first(inputs), 'bool')
    requireDType(second(inputs), 'float')
    requireDType(otherwise, 'float')
    return float(broadcastShapes(broadcastShapes(first(inputs).shape, second(inputs).shape), otherwise.shape))
  },
  StopGradient: (inputs) => ({ shape: first(inputs).shape, dtype: first(inputs).dtype }),
  ReduceSum: reduction,
  ReduceMean: reduction,
  ReduceMax: reduction,
  MatMul: (inputs, { transposeA, transposeB }) => {
    const [a, b] = [first(inputs), second(inputs)]
    requireDType(a, 'float')
    requireDType(b, 'float')
    assert(a.shape.length >= 2 && b.shape.length >= 2, () => 'MatMul takes matrices')
    const [aRows = 0, aColumns = 0] = transposeA ? a.shape.slice(-2).reverse() : a.shape.slice(-2)
    const [bRows = 0, bColumns = 0] = transposeB ? b.shape.slice(-2).reverse() : b.shape.slice(-2)
    assert(aColumns === bRows, () => `${describeValue(a)} and ${describeValue(b)} do not multiply`)
    return float([...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), aRows, bColumns])
  },
  Reshape: (inputs, { shape }) => {
    const x = first(inputs)
    assert(
      sizeOf(x.shape) === sizeOf(shape),
      () => `${describeValue(x)} does not reshape to ${describeShape(shape)}`,
    )
    return { shape, dtype: x.dtype }
  },
  Flatten: (inputs) => {
    const [batch = 1, ...rest] = first(inputs).shape
    return { shape: [batch, sizeOf(rest)], dtype: first(inputs).dtype }
  },
  Transpose: (inputs, { permutation }) => {
    const x = first(inputs)
    assert(
      permutation.length === x.shape.length && new Set(permutation).size === permutation.length,
      () => `${describeShape(permutation)} does not permute ${describeValue(x)}`,
    )
    return { shape: permutation.map((axis) => x.shape[axis] ?? 0), dtype: x.dtype }
  },
  Expand: (inputs, { shape }) => {
    const x = first(inputs)
    assert(
      broadcastShapes(x.shape, shape).every((length, axis) => length === shape[axis]),
      () => `${describeValue(x)} does not expand to ${describeShape(shape)}`,
    )
    return { shape, dtype: x.dtype }
  },
  Concat: (inputs, { axis }) => {
    const x = first(inputs)
    for (const other of inputs) {
      assert(
        other.shape.length === x.shape.length &&
          other.shape.every((length, i) => i === axis || length === x.shape[i]),
        () => `${describeValue(other)} does not join ${describeValue(x)} along axis ${axis}`,
      )
    }
    const joined = inputs.reduce((sum, value) => sum + (value.shape[axis] ?? 0), 0)
    return { shape: x.shape.map((length, i) => (i === axis ? joined : length)), dtype: x.dtype }
  },
  Slice: (inputs, { axes, starts, ends, steps }) => {
    const x = first(inputs)
    const shape = [...x.shape]
    axes.forEach((axis, i) => {
      const [start = 0, end = 0, step = 1] = [starts[i], ends[i], steps[i]]
      const length = x.shape[axis] ?? 0
      assert(
        step === -1 || (step > 0 && start >= 0 && start < end && end <= length),
        () => `slice ${start}:${end}:${step} is not within axis ${axis} of ${describeValue(x)}`,
      )
      shape[axis] = step === -1 ? length : Math.ceil((end - start) / step)
    })
    return { shape, dtype: x.dtype }
  },
  Pad: (inputs, { before, after }) => {
    const x = first(inputs)
    assert(
      before.length === x.shape.length && after.length === x.shape.length,
      () => `padding does not fit ${describeValue(x)}`,
    )
    return {
      shape: x.shape.map((length, axis) => length + (before[axis] ?? 0) + (after[axis] ?? 0)),
      dtype: x.dtype,
    }
  },
  Conv: (inputs, { kernel, stride, padding, groups }) => {
    const [x, weight, bias] = [first(inputs), second(inputs), inputs[2]]
    const [n = 0, channels = 0, h = 0, w = 0] = x.shape
    const [out = 0, inPerGroup = 0, rows = 0, columns = 0] = weight.shape
    assert(x.shape.length === 4 && weight.shape.length === 4, () => 'Conv takes 4-axis tensors')
    assert(
      inPerGroup * groups === channels && out % groups === 0 && rows === kernel[0] && columns === kernel[1],
      () => `${describeValue(weight)} in ${groups} groups does not fit ${describeValue(x)}`,
    )
    assert(!bias || bias.shape[0] === out, () => `bias should be [${out}]`)
    const [top, left, bottom, right] = padding
    const shape = [
      n,
      out,
      windowCount(h, rows, stride[0], top + bottom),
      windowCount(w, columns, stride[1], left + right),
    ]
    assert(
      shape.every((length) => length > 0),
      () => `a ${rows}x${columns} kernel does not fit into ${describeValue(x)}`,
    )
    return float(shape)
  },
  MaxPool: pool,
  AveragePool: pool,
  RepeatColumns: (inputs, { count }) => {
    const [batch = 0, channels = 0, height = 0, width = 0] = first(inputs).shape
    return float([batch, channels, height, width * count])
  },
  ToBlocks: elementwise,
  FromBlocks: elementwise,
  BatchNorm: (inputs) => {
    const [x, ...perChannel] = inputs
    const channels = first(inputs).shape[1]
    for (const value of perChannel) {
      assert(
        value.shape.length === 1 && value.shape[0] === channels,
        () => `${describeValue(value)} should be [${channels}]`,
      )
    }
    return float(assertExists(x, 'x').shape)
  },
}

/** The shape and element type of an operator's output; throws, naming the operator, where its inputs do not fit. */
export function inferShape<K extends Op>(
  op: K,
  inputs: readonly Value[],
  attributes: OpAttributes[K],
): Inferred {
  try {
    return rules[op](inputs, attributes)
  } catch (error) {
    throw new Error(`${op}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
