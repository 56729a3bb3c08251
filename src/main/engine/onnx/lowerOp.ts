import type { Op, OpAttributes } from '../graph/op'
import type { NodeOf } from '../graph/value'

/** What the lowering rules may write: ONNX nodes, and the int64 lists that many operators take as inputs. */
export interface NodeWriter {
  /** Adds a node and returns its output's name; `output` names the last node of a value. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes?: OnnxAttributes,
    output?: string,
    domain?: string,
  ): string
  ints(values: readonly number[]): string
  float(value: number): string
}
/** An integer, integers, or a float. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number }
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>

/** Writes one value of the graph as ONNX nodes of opset 17, of which the last must be called `output`. */
type LoweringRule<K extends Op> = (
  writer: NodeWriter,
  inputs: readonly string[],
  attributes: OpAttributes[K],
  output: string,
  shapes: readonly (readonly number[])[],
) => void

/**
 * Where ONNX Runtime keeps the operators for tensors in blocks of channels. Its optimizer writes them by itself, but only
 * where the weights are constants, which they are not in training.
 */
export const blockedDomain = 'com.microsoft.nchwc'

/** ONNX's TensorProto.DataType.FLOAT */
const floatType = 1

const same =
  (opType: string) =>
  (writer: NodeWriter, inputs: readonly string[], _: unknown, output: string): void => {
    writer.node(opType, inputs, {}, output)
  }

const x = 0
const at = (inputs: readonly string[], index: number): string => inputs[index] ?? ''

/**
 * Axes travel as an input in ReduceSum and as an attribute in ReduceMean and ReduceMax at this opset.
 * Reducing [batch, channels, height, width] over all but the channels is written as two reductions: the runtime has a
 * fast kernel for each, and none for both together.
 */
const reduce =
  (opType: string, axesAsInput: boolean) =>
  (
    writer: NodeWriter,
    inputs: readonly string[],
    { axes, keepDims }: { readonly axes: readonly number[]; readonly keepDims: boolean },
    output: string,
  ): void => {
    const keepdims = keepDims ? 1 : 0
    const write = (from: string, over: readonly number[], keep: number, to?: string): string =>
      axesAsInput
        ? writer.node(opType, [from, writer.ints(over)], { keepdims: keep }, to)
        : writer.node(opType, [from], { axes: over, keepdims: keep }, to)
    const inner = axes.filter((axis) => axis > 1)
    if (inner.length > 0 && axes.includes(0) && !axes.includes(1)) {
      write(write(at(inputs, x), inner, keepdims), [0], keepdims, output)
    } else {
      write(at(inputs, x), axes, keepdims, output)
    }
  }

const domainOf = (block: number): string => (block > 0 ? blockedDomain : '')

const rules: { readonly [K in Op]: LoweringRule<K> } = {
  Add: same('Add'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  Div: same('Div'),
  Neg: same('Neg'),
  Relu: same('Relu'),
  Exp: same('Exp'),
  Log: same('Log'),
  Sqrt: same('Sqrt'),
  Erf: same('Erf'),
  Sigmoid: same('Sigmoid'),
  /**
   * A ramp as steep as floats go: one pass on all cores, where a comparison and its cast are two, the second of them on one
   * core.
   */
  Step: (writer, inputs, { atZero }, output) =>
    writer.node('HardSigmoid', inputs, { alpha: { float: 3e38 }, beta: { float: atZero } }, output),
  Greater: same('Greater'),
  Equal: same('Equal'),
  And: same('And'),
  Not: same('Not'),
  ToFloat: (writer, inputs, _, output) => writer.node('Cast', inputs, { to: floatType }, output),
  Where: same('Where'),
  StopGradient: same('Identity'),
  ReduceSum: reduce('ReduceSum', true),
  ReduceMean: reduce('ReduceMean', false),
  ReduceMax: reduce('ReduceMax', false),
  MatMul: (writer, inputs, { transposeA, transposeB }, output, shapes) => {
    if (shapes.every((shape) => shape.length === 2)) {
      writer.node('Gemm', inputs, { transA: Number(transposeA), transB: Number(transposeB) }, output)
      return
    }
    // The CPU provider fuses a transposition into the product; the WebGPU provider has no fused form.
    const turned = (index: number, transpose: boolean): string => {
      const rank = shapes[index]?.length ?? 0
      const perm = Array.from({ length: rank }, (_, axis) => axis)
      perm.splice(rank - 2, 2, rank - 1, rank - 2)
      return transpose ? writer.node('Transpose', [at(inputs, index)], { perm }) : at(inputs, index)
    }
    writer.node('MatMul', [turned(0, transposeA), turned(1, transposeB)], {}, output)
  },
  Reshape: (writer, inputs, { shape }, output, shapes) => {
    // ONNX's 0 keeps the first axis as it comes, so that a batch that stays first may be of any size.
    const keepsFirst = shape.length > 1 && shape[0] === shapes[0]?.[0]
    writer.node(
      'Reshape',
      [at(inputs, x), writer.ints(keepsFirst ? [0, ...shape.slice(1)] : shape)],
      {},
      output,
    )
  },
  Flatten: (writer, inputs, _, output) => writer.node('Flatten', inputs, { axis: 1 }, output),
  Transpose: (writer, inputs, { permutation }, output) =>
    writer.node('Transpose', inputs, { perm: permutation }, output),
  Expand: (writer, inputs, { shape }, output) =>
    writer.node('Expand', [at(inputs, x), writer.ints(shape)], {}, output),
  Concat: (writer, inputs, { axis }, output) => writer.node('Concat', inputs, { axis }, output),
  Slice: (writer, inputs, { axes, starts, ends, steps }, output) =>
    writer.node(
      'Slice',
      [at(inputs, x), writer.ints(starts), writer.ints(ends), writer.ints(axes), writer.ints(steps)],
      {},
      output,
    ),
  Pad: (writer, inputs, { before, after }, output) =>
    writer.node('Pad', [at(inputs, x), writer.ints([...before, ...after])], {}, output),
  Conv: (writer, inputs, { kernel, stride, padding, groups, block }, output) => {
    const convolve = (pads: readonly number[], to?: string): string =>
      writer.node(
        'Conv',
        inputs,
        {
          kernel_shape: kernel,
          strides: stride,
          pads,
          group: groups,
          // The blocked kernel does not fill it in.
          ...(block > 0 && { dilations: [1, 1] }),
        },
        to,
        domainOf(block),
      )
    // The WebGPU provider forgets the padding of a 1x1 kernel where it is at the end alone, and the optimizer turns a padding
    // beforehand into just that; where there is no bias, what is padded afterwards comes out the same.
    const isPixelwise = [...kernel, ...stride].every((length) => length === 1) && inputs.length === 2
    if (block === 0 && isPixelwise && padding.some((length) => length > 0)) {
      const [top, left, bottom, right] = padding
      const pads = writer.ints([0, 0, top, left, 0, 0, bottom, right])
      writer.node('Pad', [convolve([0, 0, 0, 0]), pads], {}, output)
    } else {
      convolve(padding, output)
    }
  },
  MaxPool: (writer, inputs, { kernel, stride, block }, output) =>
    writer.node('MaxPool', inputs, { kernel_shape: kernel, strides: stride }, output, domainOf(block)),
  ToBlocks: (writer, inputs, _, output) => writer.node('ReorderInput', inputs, {}, output, blockedDomain),
  FromBlocks: (writer, inputs, _, output, shapes) =>
    writer.node('ReorderOutput', inputs, { channels: shapes[0]?.[1] ?? 0 }, output, blockedDomain),
  RepeatColumns: (writer, inputs, { count }, output) =>
    writer.node('Upsample', inputs, { scales: [1, 1, 1, count] }, output, blockedDomain),
  AveragePool: (writer, inputs, { kernel, stride, block }, output) =>
    writer.node('AveragePool', inputs, { kernel_shape: kernel, strides: stride }, output, domainOf(block)),
  BatchNorm: (
    writer,
    [input = '', scale = '', shift = '', mean = '', variance = ''],
    { epsilon },
    output,
    shapes,
  ) => {
    // y = x * factor + offset: two passes over x, the rest is one number a channel.
    const deviation = writer.node('Sqrt', [writer.node('Add', [variance, writer.float(epsilon)])])
    const factor = writer.node('Div', [scale, deviation])
    const offset = writer.node('Sub', [shift, writer.node('Mul', [mean, factor])])
    const shape = writer.ints([-1, ...(shapes[0]?.slice(2).map(() => 1) ?? [])])
    const scaled = writer.node('Mul', [input, writer.node('Reshape', [factor, shape])])
    writer.node('Add', [scaled, writer.node('Reshape', [offset, shape])], {}, output)
  },
}

/** Writes a node of the graph as ONNX. An operator that is not in the table is refused by name. */
export function lowerOp<K extends Op>(
  writer: NodeWriter,
  node: Pick<NodeOf<K>, 'op' | 'inputs' | 'attributes'>,
  inputs: readonly string[],
  output: string,
): void {
  if (!Object.hasOwn(rules, node.op)) throw new Error(`no ONNX form is known for the operator ${node.op}`)
  const rule: LoweringRule<K> = rules[node.op]
  const shapes = node.inputs.map((input) => input.shape)
  rule(writer, inputs, node.attributes, output, shapes)
}
