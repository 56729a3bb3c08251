import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import { backward } from '../autodiff/backward'
import { GraphBuilder } from '../graph/graphBuilder'
import type { Shape } from '../graph/shape'
import type { ParameterInfo } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'
import { buildLoss } from './lossGraph'
import type { Optimizer } from './optimizer'
import { buildUpdate, type StateEntry } from './updateGraph'

export interface TrainingGraph {
  /** ONNX bytes. */
  readonly model: Uint8Array
  /** Tensors that are fed under their key and come back as `next:KEY`. */
  readonly state: readonly StateEntry[]
  /** Of [1, 1, height, width], or of what the layers that are left out would give; the batch comes first. */
  readonly inputShape: Shape
  /** [batch], or [batch, longest] for texts. */
  readonly labelShape: Shape
  /** Parameters that stay as they are: fed under their weights' key, and not given back. */
  readonly fixed: readonly ParameterInfo[]
  /** Parameters whose first values are fed under their start key. */
  readonly anchored: readonly ParameterInfo[]
  /** Tensors to be filled with numbers from [0, 1) at each step. */
  readonly noise: readonly { name: string; shape: Shape }[]
  readonly optimizer: Optimizer
}

export const nextKey = (key: string): string => `next:${key}`

type TrainingRecipe = Pick<
  Recipe,
  | 'batchSize'
  | 'optimizer'
  | 'l2'
  | 'anchor'
  | 'statistics'
  | 'labelSmoothing'
  | 'averaging'
  | 'clipNorm'
  | 'freeze'
>

/**
 * One whole step of training as one graph: forward, loss, backward, update.
 * Inputs: `pixels` of `inputShape`, `labels` int32 of `labelShape`, `sampleWeights` [batch], scalars, noise, state.
 * Outputs: `loss`, and the next state.
 * @param skip how many of the first layers are left out, for a training on what they gave
 * @param channelBlock of the machine, see runtime/channelBlock.ts
 */
export function compileTraining(
  spec: ModelSpec,
  recipe: TrainingRecipe,
  skip = 0,
  channelBlock = 0,
): TrainingGraph {
  const b = new GraphBuilder(channelBlock)
  const graph = buildLoss(b, spec, recipe, skip)
  const gradients = backward(
    b,
    graph.loss,
    graph.trained.map(({ value }) => value),
  )
  const { state, next, optimizer } = buildUpdate(b, recipe, graph, gradients)
  const outputs = Object.fromEntries([...next].map(([key, value]) => [nextKey(key), value]))
  const { inputShape, labelShape, fixed, anchored, noise } = graph
  const model = encodeModel({ loss: graph.loss, ...outputs })
  return { model, inputShape, labelShape, state, fixed, anchored, noise, optimizer }
}
