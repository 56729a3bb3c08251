import type { NodeValue, Value } from '../graph/value'
import { asInGraph, graphOrder, type Held } from './channelOrder'
import { computeOp } from './computeOp'
import type { Tensor, Tensorflow } from './tensorflow'

/** Computes values of a graph with TensorFlow, operator by operator. */
export class GraphInterpreter {
  readonly #nodes: readonly NodeValue[]
  readonly #constants = new Map<Value, Held>()

  /**
   * @param outputs what is to be computed
   * @param given nodes that are fed like inputs, so that nothing that only they are made of is computed
   */
  constructor(
    private readonly tf: Tensorflow,
    private readonly outputs: readonly Value[],
    given: ReadonlySet<Value> = new Set(),
  ) {
    const nodes = new Set<NodeValue>()
    const waiting = [...outputs]
    for (let value = waiting.pop(); value; value = waiting.pop()) {
      if (value.kind === 'constant' && !this.#constants.has(value)) {
        const { data, shape, dtype } = value
        const tensor = tf.tensor(data, [...shape], dtype === 'int32' ? 'int32' : 'float32')
        this.#constants.set(value, asInGraph(tf.keep(tensor)))
      }
      if (value.kind !== 'node' || given.has(value) || nodes.has(value)) continue
      nodes.add(value)
      waiting.push(...value.inputs)
    }
    this.#nodes = [...nodes].sort((a, b) => a.id - b.id)
  }

  /**
   * @param feeds tensors of inputs and given nodes, in the graph's order
   * @returns the outputs, in the graph's order; they and all on the way to them are the caller's to dispose, by tf.tidy
   */
  run(feeds: ReadonlyMap<Value, Tensor>): Tensor[] {
    const { tf } = this
    const held = new Map(this.#constants)
    for (const [value, tensor] of feeds) held.set(value, asInGraph(tensor))
    const find = (value: Value): Held => {
      const found = held.get(value)
      if (!found) throw new Error(`${value.kind === 'input' ? value.name : 'a value'} was not fed`)
      return found
    }
    for (const node of this.#nodes) held.set(node, computeOp(tf, node, node.inputs.map(find)))
    return this.outputs.map((value) => graphOrder(tf, find(value)))
  }

  release(): void {
    for (const { tensor } of this.#constants.values()) tensor.dispose()
  }
}
