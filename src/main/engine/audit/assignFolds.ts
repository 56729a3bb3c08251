import { Random } from '../../../shared/random'

export interface FoldPlan {
  readonly by: 'groups' | 'turns'
  readonly count: number
  /** [samples], the fold in which each is judged. */
  readonly foldOf: Uint8Array
}

const mostFolds = 5

/**
 * Divides samples into folds, each of which is judged by what was learned from the others. Where it is known who wrote them, or in
 * which sitting, near-identical repeats stay in one fold: among them a wrong label would speak for itself.
 * @param classes [samples]
 * @param groups [samples], null where a sample's is not known; null for all where fewer than two are
 */
export function assignFolds(
  classes: Int32Array,
  groups: readonly (string | null)[] | null,
  seed: number,
): FoldPlan {
  const random = new Random(seed, 0xf01d)
  const foldOf = new Uint8Array(classes.length)
  const members = groupBy([...classes.keys()], (sample) => groups?.[sample] ?? null)
  const loose = members.get(null) ?? []
  members.delete(null)
  const isByGroups = members.size > 1
  const count = isByGroups ? Math.min(mostFolds, members.size) : mostFolds
  const sizes = new Array<number>(count).fill(0)
  // The largest first, each into the fold that has least.
  for (const group of [...members.values()].sort((a, b) => b.length - a.length)) {
    const smallest = sizes.indexOf(Math.min(...sizes))
    for (const sample of group) foldOf[sample] = smallest
    sizes[smallest] = (sizes[smallest] ?? 0) + group.length
  }
  const inTurns = isByGroups ? loose : [...classes.keys()]
  for (const ofClass of groupBy(inTurns, (sample) => classes[sample] ?? 0).values()) {
    random.shuffle(ofClass).forEach((sample, turn) => (foldOf[sample] = turn % count))
  }
  return { by: isByGroups ? 'groups' : 'turns', count, foldOf }
}

function groupBy<Key>(samples: readonly number[], keyOf: (sample: number) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>()
  for (const sample of samples) {
    const key = keyOf(sample)
    const group = groups.get(key)
    if (group) group.push(sample)
    else groups.set(key, [sample])
  }
  return groups
}
