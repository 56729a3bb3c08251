import { headUnits, labelLength, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import type { GraphBuilder } from '../graph/graphBuilder'
import type { Shape } from '../graph/shape'
import type { Value } from '../graph/value'
import { frontShape } from '../network/describeNetwork'
import { forward } from '../network/forward'
import { freezeLayers } from '../network/freezing'
import { isTrained, type ParameterInfo } from '../network/parameter'
import { crossEntropy, l2Penalty } from './loss'
import { stateKey } from './stateKey'
import { textLoss } from './textLoss'

interface ParameterValue {
  readonly info: ParameterInfo
  /** The graph's input under the weights' state key. */
  readonly value: Value
}

/** The first half of a training step: the network as it trains, and its loss. */
export interface LossGraph {
  readonly loss: Value
  /** Of [batch, 1, height, width], or of what the layers that are left out would give. */
  readonly inputShape: Shape
  /** [batch], or [batch, longest] for texts. */
  readonly labelShape: Shape
  /** What a step changes, in the order in which the network meets it. */
  readonly parameters: readonly ParameterValue[]
  /** Those of them that gradients are for. */
  readonly trained: readonly ParameterValue[]
  /** Running statistics after the step, by parameter name. */
  readonly observed: ReadonlyMap<string, Value>
  /** Parameters that stay as they are. */
  readonly fixed: readonly ParameterInfo[]
  /** Trained parameters whose first values are fed too, under their start key. */
  readonly anchored: readonly ParameterInfo[]
  /** Inputs to be filled with numbers from [0, 1) at each step. */
  readonly noise: readonly { name: string; shape: Shape }[]
}

/**
 * Builds a network in training with its loss. Inputs: `pixels` of `inputShape`, `labels` int32 of `labelShape`,
 * `sampleWeights` [batch], noise, and the weights by their state keys.
 * @param skip how many of the first layers are left out, for a training on what they gave
 */
export function buildLoss(
  b: GraphBuilder,
  spec: ModelSpec,
  recipe: Pick<Recipe, 'batchSize' | 'l2' | 'anchor' | 'statistics' | 'labelSmoothing' | 'freeze'>,
  skip = 0,
): LossGraph {
  const { batchSize } = recipe
  const parameters: ParameterValue[] = []
  const fixed: ParameterInfo[] = []
  const noise: { name: string; shape: Shape }[] = []
  const observed = new Map<string, Value>()
  const freezing = freezeLayers(spec, recipe.freeze)
  const inputShape = [batchSize, ...frontShape(spec, skip).slice(1)]
  const { logits } = forward(
    {
      b,
      training: true,
      keepsStatistics: recipe.statistics === 'keep',
      isFrozen: (layer) => freezing.isFrozen(layer),
      parameter: (name, shape, role, fanIn = 0) => {
        const info = { name, shape, role, fanIn }
        const value = b.input(stateKey('weights', name), shape)
        const isKept = recipe.statistics === 'keep' && !isTrained(info)
        if (isKept || freezing.isFrozen(name.slice(0, name.lastIndexOf('.')))) fixed.push(info)
        else parameters.push({ info, value })
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
    b.input('pixels', inputShape),
    skip,
  )
  const labelShape = spec.text ? [batchSize, labelLength(spec)] : [batchSize]
  const labels = b.input('labels', labelShape, 'int32')
  const sampleWeights = b.input('sampleWeights', [batchSize])
  const dataLoss = spec.text
    ? textLoss(b, logits, labels, sampleWeights, headUnits(spec))
    : crossEntropy(b, logits, labels, sampleWeights, recipe.labelSmoothing)
  const weights = parameters.filter(({ info }) => info.role === 'weight').map(({ value }) => value)
  const trained = parameters.filter(({ info }) => isTrained(info))
  const anchored = recipe.anchor > 0 ? trained : []
  const departures = anchored.map(({ info, value }) =>
    b.sub(value, b.input(stateKey('start', info.name), info.shape)),
  )
  const loss = [
    ...(recipe.l2 > 0 ? [l2Penalty(b, weights, recipe.l2)] : []),
    ...(recipe.anchor > 0 ? [l2Penalty(b, departures, recipe.anchor)] : []),
  ].reduce((sum, penalty) => b.add(sum, penalty), dataLoss)
  const anchors = anchored.map(({ info }) => info)
  return { loss, inputShape, labelShape, parameters, trained, observed, fixed, anchored: anchors, noise }
}
