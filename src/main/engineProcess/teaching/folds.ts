import { Random } from '../../../shared/random'
import type { SampleSet } from '../../data/augment/batchPlan'
import { groupByOutput } from '../../data/augment/groupByOutput'

/** Samples to learn from, and others to measure on. */
export interface Fold {
  readonly training: Int32Array
  readonly heldOut: Int32Array
}

export interface Folds {
  /** 'groups': whole sittings or writers are held out; 'turns': the samples of each class in turn. */
  readonly by: 'groups' | 'turns'
  readonly folds: readonly Fold[]
  /** What the model itself learns from. */
  readonly final: Int32Array
}

const mostFolds = 3

/**
 * Divides samples so that each is measured on by a model that did not learn from it. Where the data tells who wrote them, or
 * in which sitting, near-identical repeats stay on one side.
 */
export function divideIntoFolds(own: SampleSet, seed: number): Folds {
  const { writers } = own.dataset
  const names = writers ? [...new Set(writers)] : []
  const random = new Random(seed, 0xf01d)
  const isByGroups = names.length > 1
  const foldOf = new Map<number, number>()
  let count: number
  if (isByGroups) {
    count = Math.min(mostFolds, names.length)
    const order = random.shuffle([...names])
    for (const index of own.indices) foldOf.set(index, order.indexOf(writers?.[index] ?? null) % count)
  } else {
    const groups = groupByOutput(own.classIndex, own.indices)
    count = Math.min(mostFolds, Math.max(...groups.map(({ length }) => length)))
    for (const group of groups) random.shuffle(group).forEach((index, i) => foldOf.set(index, i % count))
  }
  const folds = Array.from({ length: count }, (_, fold) => ({
    training: own.indices.filter((index) => foldOf.get(index) !== fold),
    heldOut: own.indices.filter((index) => foldOf.get(index) === fold),
  })).filter(({ training, heldOut }) => training.length > 0 && heldOut.length > 0)
  return { by: isByGroups ? 'groups' : 'turns', folds, final: own.indices }
}

/** So many samples of each class to learn from, drawn by the seed; all others are measured on. */
export function drawShots(own: SampleSet, shots: number, seed: number): Folds {
  const random = new Random(seed, 0x5407)
  const training = groupByOutput(own.classIndex, own.indices).flatMap((group) =>
    random.shuffle(group).slice(0, shots),
  )
  const taken = new Set(training)
  const fold = {
    training: Int32Array.from(training.sort((a, b) => a - b)),
    heldOut: own.indices.filter((index) => !taken.has(index)),
  }
  return { by: 'turns', folds: fold.heldOut.length === 0 ? [] : [fold], final: fold.training }
}
