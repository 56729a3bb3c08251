import { assert } from '../../../shared/assert'
import { inferShape } from './inferShape'
import type { DType, Op, OpAttributes, WindowAttributes } from './op'
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
  relu = (x: Value): Value => this.apply('Relu', [x], {})
  exp = (x: Value): Value => this.apply('Exp', [x], {})
  log = (x: Value): Value => this.apply('Log', [x], {})
  sqrt = (x: Value): Value => this.apply('Sqrt', [x], {})
  erf = (x: Value): Value => this.apply('Erf', [x], {})
  sigmoid = (x: Value): Value => this.apply('Sigmoid', [x], {})
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
    return sameShape(x.shape, shape) ? x : this.apply('Reshape', [x], { shape })
  }
  transpose(x: Value, permutation: readonly number[]): Value {
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
  conv(x: Value, weight: Value, bias: Value | null, attributes: OpAttributes['Conv']): Value {
    return this.apply('Conv', bias ? [x, weight, bias] : [x, weight], attributes)
  }
  maxPool(x: Value, attributes: WindowAttributes): Value {
    return this.apply('MaxPool', [x], attributes)
  }
  averagePool(x: Value, attributes: WindowAttributes): Value {
    return this.apply('AveragePool', [x], attributes)
  }
}
