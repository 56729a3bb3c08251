import type { GraphBuilder } from '../graph/graphBuilder'
import type { Op } from '../graph/op'
import type { NodeOf, Value } from '../graph/value'

/**
 * From the gradient of the loss with respect to a node's output to those with respect to its inputs, as graph values.
 * One entry an input; null where no gradient flows. An entry may still have the output's shape where the input was
 * broadcast: backward.ts sums it back.
 */
export type GradientRule<K extends Op> = (
  b: GraphBuilder,
  upstream: Value,
  node: NodeOf<K>,
) => readonly (Value | null)[]

export type GradientRules<K extends Op> = { readonly [P in K]: GradientRule<P> }

/** An input that the operator is known to have (its shape rule has checked that). */
export function inputOf(
  node: { readonly inputs: readonly Value[]; readonly op: string },
  index: number,
): Value {
  const value = node.inputs[index]
  if (!value) throw new Error(`${node.op} has no input ${index}`)
  return value
}
