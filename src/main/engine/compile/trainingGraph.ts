import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import { backward } from '../autodiff/backward'
import { GraphBuilder } from '../graph/graphBuilder'
import type { Shape } from '../graph/shape'
import type { Value } from '../graph/value'
import { forward } from '../network/forward'
import { frontShape } from '../network/describeNetwork'
import { freezeLayers } from '../network/freezing'
import { isTrained, type ParameterInfo } from '../network/parameter'
import { encodeModel } from '../onnx/encodeModel'
import { clipByNorm } from './clipByNorm'
import { crossEntropy, l2Penalty } from './loss'
import { createOptimizer, type Optimizer } from './optimizer'
import { stateKey, type StateKind } from './stateKey'

export interface TrainingGraph {
  /** ONNX bytes. */
  readonly model: Uint8Array
  /** Tensors that are fed under their key and come back as `next:KEY`. */
  readonly state: readonly { key: string; kind: StateKind; parameter: ParameterInfo }[]
  /** Of [1, 1, height, width], or of what the layers that are left out would give; the batch comes first. */
  readonly inputShape: Shape
  /** Parameters that stay as they are: fed under their weights' key, and not given back. */
  readonly fixed: readonly ParameterInfo[]
  /** Tensors to be filled with numbers from [0, 1) at each step. */
  readonly noise: readonly { name: string; shape: Shape }[]
  readonly optimizer: Optimizer
}

export const nextKey = (key: string): string => `next:${key}`

/** The scalars that every step is fed, besides the optimizer's own. */
export const learningRateInput = 'learningRate'
export const averagingInput = 'averaging'

type TrainingRecipe = Pick<
  Recipe,
  'batchSize' | 'optimizer' | 'l2' | 'labelSmoothing' | 'averaging' | 'clipNorm' | 'freeze'
>

/**
 * One whole step of training as one graph: forward, loss, backward, update.
 * Inputs: `pixels` of `inputShape`, `labels` int32 [batch], `sampleWeights` [batch], scalars, noise, state.
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
  const { batchSize } = recipe
  const optimizer = createOptimizer(recipe.optimizer)
  const state: { key: string; kind: StateKind; parameter: ParameterInfo }[] = []
  const fixed: ParameterInfo[] = []
  const noise: { name: string; shape: Shape }[] = []
  const parameters: { info: ParameterInfo; value: Value }[] = []
  const outputs: Record<string, Value> = {}
  const observed = new Map<string, Value>()

  const stateInput = (kind: StateKind, info: ParameterInfo): Value => {
    const key = stateKey(kind, info.name)
    state.push({ key, kind, parameter: info })
    return b.input(key, info.shape)
  }
  const freezing = freezeLayers(spec, recipe.freeze)
  const isFixed = ({ name }: ParameterInfo): boolean =>
    freezing.isFrozen(name.slice(0, name.lastIndexOf('.')))
  const inputShape = [batchSize, ...frontShape(spec, skip).slice(1)]
  const pixels = b.input('pixels', inputShape)
  const { logits } = forward(
    {
      b,
      training: true,
      isFrozen: freezing.isFrozen,
      parameter: (name, shape, role, fanIn = 0) => {
        const info = { name, shape, role, fanIn }
        if (isFixed(info)) {
          fixed.push(info)
          return b.input(stateKey('weights', name), shape)
        }
        const value = stateInput('weights', info)
        parameters.push({ info, value })
        return value
      },
      noise: (name, shape) => {
        noise.push({ name: `noise/${name}`, shape })
        return b.input(`noise/${name}`, shape)
      },
      observe: (layer, momentum, moments) => {
        const follow = (running: string, now: Value): void => {
          const old = parameters.find(({ info }) => info.name === running)
          if (!old) throw new Error(`the parameter ${running} is missing`)
          observed.set(
            running,
            b.add(b.mul(old.value, b.scalar(momentum)), b.mul(now, b.scalar(1 - momentum))),
          )
        }
        follow(`${layer}.runningMean`, moments.mean)
        follow(`${layer}.runningVariance`, moments.variance)
      },
    },
    spec,
    pixels,
    skip,
  )

  const dataLoss = crossEntropy(
    b,
    logits,
    b.input('labels', [batchSize], 'int32'),
    b.input('sampleWeights', [batchSize]),
    recipe.labelSmoothing,
  )
  const weights = parameters.filter(({ info }) => info.role === 'weight').map(({ value }) => value)
  const loss = recipe.l2 > 0 ? b.add(dataLoss, l2Penalty(b, weights, recipe.l2)) : dataLoss
  outputs.loss = loss

  const trained = parameters.filter(({ info }) => isTrained(info))
  const gradients = clipByNorm(
    b,
    backward(
      b,
      loss,
      trained.map(({ value }) => value),
    ),
    recipe.clipNorm,
  )
  const learningRate = b.input(learningRateInput, [])
  const scalars = Object.fromEntries(
    Object.keys(optimizer.stepScalars(1)).map((name) => [name, b.input(name, [])]),
  )
  const updated = new Map(observed)
  trained.forEach(({ info, value }, index) => {
    const gradient = gradients[index]
    if (!gradient) throw new Error(`no gradient for ${info.name}`)
    const slots = Object.fromEntries(optimizer.slots.map((kind) => [kind, stateInput(kind, info)]))
    const decays = info.role === 'weight'
    const next = optimizer.update(b, { parameter: value, gradient, learningRate, slots, scalars, decays })
    updated.set(info.name, next.parameter)
    for (const kind of optimizer.slots) {
      const slot = next.slots[kind]
      if (slot) outputs[nextKey(stateKey(kind, info.name))] = slot
    }
  })

  const averaging = recipe.averaging > 0 ? b.input(averagingInput, []) : null
  for (const { info } of parameters) {
    const next = updated.get(info.name)
    if (!next) throw new Error(`${info.name} is never updated`)
    outputs[nextKey(stateKey('weights', info.name))] = next
    if (averaging) {
      const old = stateInput('average', info)
      const kept = b.mul(old, averaging)
      outputs[nextKey(stateKey('average', info.name))] = b.add(
        kept,
        b.mul(next, b.sub(b.scalar(1), averaging)),
      )
    }
  }
  return { model: encodeModel(outputs), inputShape, state, fixed, noise, optimizer }
}
