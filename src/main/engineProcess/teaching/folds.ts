import { Random } from '../../../shared/random'
import type { SampleSet } from '../../data/augment/batchPlan'
import { groupByOutput } from '../../data/augment/groupByOutput'
import { sittingsOf } from '../../data/sittings'

/** Samples to learn from, and others to measure on. */
export interface Fold {
  readonly training: Int32Array
  readonly heldOut: Int32Array
}

export interface Folds {
  /** 'groups': whole sittings are held out, each of one writer; 'turns': the samples of each class in turn. */
  readonly by: 'groups' | 'turns'
  readonly folds: readonly Fold[]
  /** What the model itself learns from. */
  readonly final: Int32Array
}

const mostFolds = 3

/**
 * Divides samples so that each is measured on by a model that did not learn from it. Where the data tells who wrote them and
 * in which sitting, near-identical repeats stay on one side. A class that only one fold would have takes turns all the same:
 * else it would be measured on a model that never saw it.
 */
export function divideIntoFolds(own: SampleSet, seed: number): Folds {
  const sittings = sittingsOf(own.dataset)
  const names = [...new Set(Array.from(own.indices, (index) => sittings[index] ?? ''))]
  const classes = groupByOutput(own.classIndex, own.indices)
  const random = new Random(seed, 0xf01d)
  const foldOf = new Map<number, number>()
  const takeTurns = (group: readonly number[], count: number): void =>
    random.shuffle([...group]).forEach((index, i) => foldOf.set(index, i % count))
  const isByGroups = names.length > 1
  const most = isByGroups ? names.length : Math.max(...classes.map(({ length }) => length))
  const count = Math.min(mostFolds, most)
  if (isByGroups) {
    const order = random.shuffle(names)
    for (const index of own.indices) foldOf.set(index, order.indexOf(sittings[index] ?? '') % count)
  }
  for (const group of classes) {
    const isSpread = new Set(group.map((index) => foldOf.get(index))).size > 1
    if (!isSpread) takeTurns(group, count)
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
