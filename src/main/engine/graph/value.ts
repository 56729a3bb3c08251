import type { DType, Op, OpAttributes } from './op'
import type { Shape } from './shape'

interface Typed {
  /** Grows as the graph does, so that inputs always have smaller ids than what is made of them. */
  readonly id: number
  readonly shape: Shape
  readonly dtype: DType
}

/** Fed from outside under its name. */
export interface InputValue extends Typed {
  readonly kind: 'input'
  readonly name: string
}
/** Baked into the graph. */
export interface ConstantValue extends Typed {
  readonly kind: 'constant'
  readonly data: Float32Array | Int32Array
}
/** The output of an operator. */
export interface NodeOf<K extends Op> extends Typed {
  readonly kind: 'node'
  readonly op: K
  readonly inputs: readonly Value[]
  readonly attributes: OpAttributes[K]
}
export type NodeValue = { [K in Op]: NodeOf<K> }[Op]

export type Value = InputValue | ConstantValue | NodeValue

/** What a value is, for error messages. */
export function describeValue(value: Value): string {
  const name = value.kind === 'node' ? value.op : value.kind === 'input' ? value.name : 'constant'
  return `${name} ${value.dtype}[${value.shape.join(', ')}]`
}
