import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { LearningCurve } from '../../../shared/teaching/teaching'
import type { SampleSet } from '../../data/augment/batchPlan'
import { groupByOutput } from '../../data/augment/groupByOutput'
import { argMax } from '../../engine/infer/probabilities'
import type { Parameters } from '../../engine/network/parameter'
import { headLogits } from '../../engine/teaching/headLogits'
import { adaptPrototypes } from '../../engine/teaching/adaptPrototypes'
import type { FeatureSamples } from '../../engine/teaching/classMeans'
import type { Fold } from './folds'

const shotsShown = [1, 2, 3, 5, 7, 10, 15, 20] as const

interface CurveInput {
  readonly spec: ModelSpec
  readonly knownClasses: number
  /** Of the base, for `spec`. */
  readonly parameters: Parameters
  readonly replay: FeatureSamples
  /** Of all the user's samples, by their place in the data. */
  readonly own: FeatureSamples
  readonly samples: SampleSet
  readonly folds: readonly Fold[]
}

/** How the accuracy on held-out samples grows with the samples of a class, by moved prototypes alone: that takes no training. */
export function learningCurve(input: CurveInput): LearningCurve {
  const { spec, folds, samples } = input
  const largest = Math.max(
    0,
    ...folds.map(({ training }) =>
      Math.max(0, ...groupByOutput(samples.classIndex, training).map(({ length }) => length)),
    ),
  )
  return [0, ...shotsShown.filter((shots) => shots <= largest)].map((shots) => {
    const right = spec.classes.map(() => 0)
    const seen = spec.classes.map(() => 0)
    for (const fold of folds) {
      const head = headAfter(input, fold, shots)
      const held = pick(input.own, fold.heldOut)
      const outputs = outputCount(spec)
      const logits = headLogits(held.features, head, outputs)
      held.classes.forEach((truth, i) => {
        const answer = argMax(logits.subarray(i * outputs, i * outputs + spec.classes.length))
        seen[truth] = (seen[truth] ?? 0) + 1
        if (answer === truth) right[truth] = (right[truth] ?? 0) + 1
      })
    }
    const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0)
    return {
      shots,
      accuracy: sum(seen) === 0 ? 0 : sum(right) / sum(seen),
      perClass: spec.classes.map((label, i) => {
        const count = seen[i] ?? 0
        return { label, recall: count === 0 ? null : (right[i] ?? 0) / count }
      }),
    }
  })
}

function headAfter(
  { spec, knownClasses, parameters, replay, own, samples }: CurveInput,
  { training }: Fold,
  shots: number,
): Parameters {
  const taken = groupByOutput(samples.classIndex, training).flatMap((group) => group.slice(0, shots))
  return adaptPrototypes({
    parameters,
    outputs: outputCount(spec),
    classCount: spec.classes.length,
    knownClasses,
    replay,
    own: pick(own, Int32Array.from(taken)),
  })
}

function pick({ features, classes }: FeatureSamples, indices: Int32Array): FeatureSamples {
  const size = features.length / classes.length
  const picked = new Float32Array(indices.length * size)
  indices.forEach((index, at) => picked.set(features.subarray(index * size, (index + 1) * size), at * size))
  return { features: picked, classes: indices.map((index) => classes[index] ?? -1) }
}
