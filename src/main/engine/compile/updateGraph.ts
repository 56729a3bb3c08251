import type { Recipe } from '../../../shared/training/recipe'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Value } from '../graph/value'
import type { ParameterInfo } from '../network/parameter'
import { clipByNorm } from './clipByNorm'
import type { LossGraph } from './lossGraph'
import { createOptimizer, type Optimizer } from './optimizer'
import { stateKey, type StateKind } from './stateKey'

/** The scalars that every step is fed, besides the optimizer's own. */
export const learningRateInput = 'learningRate'
export const averagingInput = 'averaging'

/** A tensor that a training carries from step to step. */
export interface StateEntry {
  readonly key: string
  readonly kind: StateKind
  readonly parameter: ParameterInfo
}

/** The second half of a training step: from gradients to the next state. */
export interface UpdateGraph {
  readonly state: readonly StateEntry[]
  /** The next state, by key. */
  readonly next: ReadonlyMap<string, Value>
  readonly optimizer: Optimizer
}

/**
 * Builds the update of all that a step changes. Inputs: the learning rate, the optimizer's scalars, and the state by its keys.
 * @param gradients of the loss by `graph.trained`, in that order
 */
export function buildUpdate(
  b: GraphBuilder,
  recipe: Pick<Recipe, 'optimizer' | 'clipNorm' | 'averaging'>,
  graph: LossGraph,
  gradients: readonly Value[],
): UpdateGraph {
  const optimizer = createOptimizer(recipe.optimizer)
  const state: StateEntry[] = graph.parameters.map(({ info }) => ({
    key: stateKey('weights', info.name),
    kind: 'weights',
    parameter: info,
  }))
  const stateInput = (kind: StateKind, parameter: ParameterInfo): Value => {
    const key = stateKey(kind, parameter.name)
    state.push({ key, kind, parameter })
    return b.input(key, parameter.shape)
  }
  const learningRate = b.input(learningRateInput, [])
  const scalars = Object.fromEntries(
    Object.keys(optimizer.stepScalars(1)).map((name) => [name, b.input(name, [])]),
  )
  const clipped = clipByNorm(b, gradients, recipe.clipNorm)
  const next = new Map<string, Value>()
  const updated = new Map(graph.observed)
  graph.trained.forEach(({ info, value }, index) => {
    const gradient = clipped[index]
    if (!gradient) throw new Error(`no gradient for ${info.name}`)
    const slots = Object.fromEntries(optimizer.slots.map((kind) => [kind, stateInput(kind, info)]))
    const decays = info.role === 'weight'
    const after = optimizer.update(b, { parameter: value, gradient, learningRate, slots, scalars, decays })
    updated.set(info.name, after.parameter)
    for (const kind of optimizer.slots) {
      const slot = after.slots[kind]
      if (slot) next.set(stateKey(kind, info.name), slot)
    }
  })
  const averaging = recipe.averaging > 0 ? b.input(averagingInput, []) : null
  for (const { info } of graph.parameters) {
    const value = updated.get(info.name)
    if (!value) throw new Error(`${info.name} is never updated`)
    next.set(stateKey('weights', info.name), value)
    if (averaging) {
      const kept = b.mul(stateInput('average', info), averaging)
      next.set(stateKey('average', info.name), b.add(kept, b.mul(value, b.sub(b.scalar(1), averaging))))
    }
  }
  return { state, next, optimizer }
}
