import { assert } from '../../../shared/assert'
import { inferShape } from './inferShape'
import type { ConvAttributes, DType, Op, OpAttributes, WindowAttributes } from './op'
import { describeShape, sameShape, sizeOf, type Shape } from './shape'
import type { ConstantValue, InputValue, NodeValue, Value } from './value'

/**
 * Makes graph values, with their shapes checked at the call site. Equal expressions become one value, so that gradient
 * rules can ask again for what the forward pass already has.
 */
export class GraphBuilder {
  private nextId = 0
  private readonly known = new Map<string, NodeValue>()
  private readonly scalars = new Map<number, ConstantValue>()
  private readonly inputsByName = new Map<string, InputValue>()

  /** @param channelBlock see runtime/channelBlock.ts; 0 for graphs that any provider may run */
  constructor(private readonly channelBlock = 0) {}

  input(name: string, shape: Shape, dtype: DType = 'float'): InputValue {
    assert(!this.inputsByName.has(name), () => `input ${name} is there already`)
    const value: InputValue = { kind: 'input', id: this.nextId++, name, shape, dtype }
    this.inputsByName.set(name, value)
    return value
  }

  get inputs(): readonly InputValue[] {
    return [...this.inputsByName.values()]
  }

  constant(data: Float32Array | Int32Array, shape: Shape): ConstantValue {
    assert(data.length === sizeOf(shape), () => `${data.length} values do not fill ${describeShape(shape)}`)
    const dtype = data instanceof Float32Array ? 'float' : 'int32'
    return { kind: 'constant', id: this.nextId++, data, shape, dtype }
  }

  scalar(value: number): ConstantValue {
    const known = this.scalars.get(value) ?? this.constant(Float32Array.of(value), [])
    this.scalars.set(value, known)
    return known
  }

  apply<K extends Op>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): Value {
    const key = `${op}(${inputs.map((value) => value.id).join(',')})${JSON.stringify(attributes)}`
    const known = this.known.get(key)
    if (known) return known
    const { shape, dtype } = inferShape(op, inputs, attributes)
    // TypeScript cannot see that op and attributes are of one K; the signature above is where it is checked.
    const node = { kind: 'node', id: this.nextId++, op, inputs, attributes, shape, dtype } as NodeValue
    this.known.set(key, node)
    return node
  }

  add = (a: Value, b: Value): Value => this.apply('Add', [a, b], {})
  sub = (a: Value, b: Value): Value => this.apply('Sub', [a, b], {})
  mul = (a: Value, b: Value): Value => this.apply('Mul', [a, b], {})
  div = (a: Value, b: Value): Value => this.apply('Div', [a, b], {})
  neg = (x: Value): Value => this.apply('Neg', [x], {})
  exp = (x: Value): Value => this.apply('Exp', [x], {})
  log = (x: Value): Value => this.apply('Log', [x], {})
  sqrt = (x: Value): Value => this.apply('Sqrt', [x], {})
  erf = (x: Value): Value => this.apply('Erf', [x], {})
  sigmoid = (x: Value): Value => this.apply('Sigmoid', [x], {})
  step = (x: Value, atZero: 0 | 1): Value => this.apply('Step', [x], { atZero })
  greater = (a: Value, b: Value): Value => this.apply('Greater', [a, b], {})
  equal = (a: Value, b: Value): Value => this.apply('Equal', [a, b], {})
  and = (a: Value, b: Value): Value => this.apply('And', [a, b], {})
  not = (x: Value): Value => this.apply('Not', [x], {})
  toFloat = (x: Value): Value => this.apply('ToFloat', [x], {})
  where = (condition: Value, a: Value, b: Value): Value => this.apply('Where', [condition, a, b], {})
  stopGradient = (x: Value): Value => this.apply('StopGradient', [x], {})
  flatten = (x: Value): Value => this.apply('Flatten', [x], {})

  reduceSum(x: Value, axes: readonly number[], keepDims = false): Value {
    return axes.length === 0 ? x : this.apply('ReduceSum', [x], { axes, keepDims })
  }
  reduceMean(x: Value, axes: readonly number[], keepDims = false): Value {
    return this.apply('ReduceMean', [x], { axes, keepDims })
  }
  reduceMax(x: Value, axes: readonly number[], keepDims = false): Value {
    return this.apply('ReduceMax', [x], { axes, keepDims })
  }
  matMul(a: Value, b: Value, { transposeA = false, transposeB = false } = {}): Value {
    return this.apply('MatMul', [a, b], { transposeA, transposeB })
  }
  reshape(x: Value, shape: Shape): Value {
    const before = operandOf(x, 'Reshape')
    if (before) return this.reshape(before, shape)
    return sameShape(x.shape, shape) ? x : this.apply('Reshape', [x], { shape })
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    if (x.kind === 'node' && x.op === 'Transpose') {
      const undone = permutation.every((from, axis) => x.attributes.permutation[from] === axis)
      const [before] = x.inputs
      if (undone && before) return before
    }
    return this.apply('Transpose', [x], { permutation })
  }
  expand(x: Value, shape: Shape): Value {
    return sameShape(x.shape, shape) ? x : this.apply('Expand', [x], { shape })
  }
  concat(values: readonly Value[], axis: number): Value {
    const [only] = values
    return values.length === 1 && only ? only : this.apply('Concat', values, { axis })
  }
  slice(x: Value, ranges: OpAttributes['Slice']): Value {
    return this.apply('Slice', [x], ranges)
  }
  /** Turns the order of the given axes round. */
  flip(x: Value, axes: readonly number[]): Value {
    return this.slice(x, {
      axes,
      starts: axes.map(() => -1),
      ends: axes.map(() => -0x7fffffff),
      steps: axes.map(() => -1),
    })
  }
  pad(x: Value, before: readonly number[], after: readonly number[]): Value {
    return [...before, ...after].every((count) => count === 0) ? x : this.apply('Pad', [x], { before, after })
  }
  /** In blocks of channels where that is faster; see convolvesInBlocks. */
  conv(x: Value, weight: Value, bias: Value | null, attributes: ConvAttributes): Value {
    const convolve = (image: Value, kernels: Value, block: number): Value =>
      this.apply('Conv', bias ? [image, kernels, bias] : [image, kernels], { ...attributes, block })
    return this.convolvesInBlocks(x.shape[1] ?? 0, weight.shape[0] ?? 0, attributes)
      ? this.fromBlocks(convolve(this.toBlocks(x), this.blockWeights(weight), this.channelBlock))
      : convolve(x, weight, 0)
  }
  /** Whether a convolution from so many channels to so many is computed in blocks of channels. */
  convolvesInBlocks(channels: number, out: number, { kernel, groups }: ConvAttributes): boolean {
    const fills = (count: number): boolean => this.channelBlock > 0 && count % this.channelBlock === 0
    // A 1x1 convolution is one plain matrix product already.
    return groups === 1 && kernel[0] * kernel[1] > 1 && fills(channels) && fills(out)
  }
  relu(x: Value): Value {
    const blocked = operandOf(x, 'FromBlocks')
    return blocked ? this.fromBlocks(this.relu(blocked)) : this.apply('Relu', [x], {})
  }
  /** The rectified maximum is the maximum of the rectified, for a fraction of the work. */
  maxPool(x: Value, attributes: WindowAttributes, block = 0): Value {
    const blocked = operandOf(x, 'FromBlocks')
    if (blocked) return this.fromBlocks(this.maxPool(blocked, attributes, this.channelBlock))
    const rectified = operandOf(x, 'Relu')
    return rectified
      ? this.relu(this.maxPool(rectified, attributes, block))
      : this.apply('MaxPool', [x], { ...attributes, block })
  }
  averagePool(x: Value, attributes: WindowAttributes, block = 0): Value {
    const blocked = operandOf(x, 'FromBlocks')
    return blocked
      ? this.fromBlocks(this.averagePool(blocked, attributes, this.channelBlock))
      : this.apply('AveragePool', [x], { ...attributes, block })
  }

  /** Zeros before and after the columns of x [batch, channels, height, width] in blocks: a convolution uses all cores, Pad one. */
  padColumnsInBlocks(x: Value, left: number, right: number): Value {
    const channels = x.shape[1] ?? 0
    const ones = this.constant(new Float32Array(channels).fill(1), [channels, 1, 1, 1])
    return this.apply('Conv', [x, ones], {
      ...{ kernel: [1, 1], stride: [1, 1], padding: [0, left, 0, right] },
      ...{ groups: channels, block: this.channelBlock },
    })
  }

  /** Of a tensor in blocks. */
  repeatColumns(x: Value, count: number): Value {
    return this.apply('RepeatColumns', [x], { count })
  }

  toBlocks(x: Value): Value {
    return operandOf(x, 'FromBlocks') ?? this.apply('ToBlocks', [x], {})
  }
  fromBlocks(x: Value): Value {
    return operandOf(x, 'ToBlocks') ?? this.apply('FromBlocks', [x], {})
  }
  /**
   * [out, in, ..] -> [out / block, in / block, .., block of in, block of out], under the old shape. ToBlocks is fast and
   * does the fine part; what is left moves whole blocks.
   */
  blockWeights(weight: Value): Value {
    const { shape, asBlocks } = this.weightLayout(weight)
    const turned = this.reshape(this.toBlocks(this.transpose(weight, [1, 0, 2, 3])), asBlocks)
    return this.reshape(this.transpose(turned, [2, 0, 3, 1, 4]), shape)
  }
  unblockWeights(weight: Value): Value {
    const { turnedShape, asBlocks } = this.weightLayout(weight)
    const [inBlocks = 0, inBlock = 0, outBlocks = 0, taps = 0, outBlock = 0] = asBlocks
    const placed = this.reshape(weight, [outBlocks, inBlocks, taps, inBlock, outBlock])
    const turned = this.reshape(this.transpose(placed, [1, 3, 0, 2, 4]), turnedShape)
    return this.transpose(this.fromBlocks(turned), [1, 0, 2, 3])
  }
  private weightLayout({ shape }: Value): { shape: Shape; turnedShape: Shape; asBlocks: Shape } {
    const [out = 0, channels = 0, rows = 0, columns = 0] = shape
    const block = this.channelBlock
    const asBlocks = [channels / block, block, out / block, rows * columns, block]
    return { shape, turnedShape: [channels, out, rows, columns], asBlocks }
  }
}

/** What a node of the given operator, of one input, was made of. */
function operandOf(x: Value, op: Op): Value | undefined {
  return x.kind === 'node' && x.op === op ? x.inputs[0] : undefined
}
