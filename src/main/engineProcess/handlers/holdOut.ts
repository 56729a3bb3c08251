import { Random } from '../../../shared/random'
import type { Dataset } from '../../data/dataset'

export interface Split {
  readonly training: Int32Array
  readonly heldOut: Int32Array
}

/**
 * Splits a data set. Where writers are known a writer is on one side only, since a hand's near-identical repeats would
 * leak; otherwise the same share of each class is held out, at random.
 * @param share of the samples to hold out; at least one sample stays on each side
 */
export function holdOut(dataset: Dataset, share: number, seed: number): Split {
  const random = new Random(seed, 0x5eed)
  const groups = new Map<string | number, number[]>()
  for (let i = 0; i < dataset.count; i++) {
    const group = dataset.writers ? (dataset.writers[i] ?? `sample ${i}`) : (dataset.labelIndex[i] ?? 0)
    const members = groups.get(group)
    if (members) members.push(i)
    else groups.set(group, [i])
  }
  const heldOut = dataset.writers
    ? takeGroups(random.shuffle([...groups.values()]), share * dataset.count)
    : [...groups.values()].flatMap((members) =>
        random.shuffle(members).slice(0, Math.round(share * members.length)),
      )
  if (heldOut.length === 0) heldOut.push(random.integer(dataset.count))
  const held = new Set(heldOut)
  const training = Array.from({ length: dataset.count }, (_, i) => i).filter((i) => !held.has(i))
  return { training: Int32Array.from(training), heldOut: Int32Array.from(heldOut.sort((a, b) => a - b)) }
}

/** Whole groups until there are `wanted` samples, but never all of them. */
function takeGroups(groups: readonly number[][], wanted: number): number[] {
  const taken: number[] = []
  for (const group of groups.slice(0, -1)) {
    if (taken.length >= wanted) break
    taken.push(...group)
  }
  return taken
}
