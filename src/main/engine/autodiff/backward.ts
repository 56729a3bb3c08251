import { assert } from '../../../shared/assert'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Op } from '../graph/op'
import { broadcastAxes, sizeOf, type Shape } from '../graph/shape'
import { topologicalOrder } from '../graph/topologicalOrder'
import type { NodeOf, Value } from '../graph/value'
import type { GradientRule } from './gradientRule'
import { gradientRules } from './gradientRules'

/**
 * Reverse-mode differentiation of a graph: adds to it the gradients of a scalar loss.
 * @param loss one number
 * @param targets values that the loss may depend on
 * @returns one gradient a target, of the target's shape; zeros where the loss does not depend on it
 */
export function backward(b: GraphBuilder, loss: Value, targets: readonly Value[]): Value[] {
  assert(sizeOf(loss.shape) === 1 && loss.dtype === 'float', () => 'the loss must be one number')
  const order = topologicalOrder([loss])
  const onPath = dependents(order, targets)
  const gradients = new Map<number, Value>([[loss.id, b.reshape(b.scalar(1), loss.shape)]])

  for (const node of order.reverse()) {
    const upstream = gradients.get(node.id)
    if (!upstream || node.kind !== 'node' || !node.inputs.some((input) => onPath.has(input.id))) continue
    const found = applyRule(b, upstream, node)
    node.inputs.forEach((input, index) => {
      const gradient = found[index]
      if (!gradient || !onPath.has(input.id)) return
      const own = sumToShape(b, gradient, input.shape)
      const other = gradients.get(input.id)
      gradients.set(input.id, other ? b.add(other, own) : own)
    })
  }
  return targets.map((target) => gradients.get(target.id) ?? b.expand(b.scalar(0), target.shape))
}

function applyRule<K extends Op>(
  b: GraphBuilder,
  upstream: Value,
  node: NodeOf<K>,
): readonly (Value | null)[] {
  // A graph may come from elsewhere than this version's own builder.
  if (!Object.hasOwn(gradientRules, node.op)) throw new Error(`no gradient rule for the operator ${node.op}`)
  const rule: GradientRule<K> = gradientRules[node.op]
  const found = rule(b, upstream, node)
  assert(
    found.length === node.inputs.length,
    () => `the rule of ${node.op} gave ${found.length} gradients for ${node.inputs.length} inputs`,
  )
  return found
}

/** The values between the targets and the end of the order: all others need no gradient. */
function dependents(order: readonly Value[], targets: readonly Value[]): Set<number> {
  const reached = new Set(targets.map((target) => target.id))
  for (const value of order) {
    if (value.kind === 'node' && value.inputs.some((input) => reached.has(input.id))) reached.add(value.id)
  }
  return reached
}

/** Undoes broadcasting: sums over the axes along which a tensor of the given shape was repeated. */
function sumToShape(b: GraphBuilder, gradient: Value, shape: Shape): Value {
  return b.reshape(b.reduceSum(gradient, broadcastAxes(shape, gradient.shape)), shape)
}
