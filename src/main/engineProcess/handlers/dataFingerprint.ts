import { createHash } from 'node:crypto'
import type { SampleSet } from '../../data/augment/batchPlan'

/**
 * What tells a training's data from any other: every sample with its label, and which of them are used for what. A training
 * that went on with other data, or with what it is judged by among what it learns from, would not be the same training.
 * @param sets sets of samples; one that is not there is null
 */
export function dataFingerprint(sets: readonly (Omit<SampleSet, 'classIndex'> | null)[]): string {
  const hash = createHash('sha256')
  for (const set of sets) {
    if (!set) {
      hash.update('none')
      continue
    }
    const { labels, labelIndex, content } = set.dataset
    hash.update(JSON.stringify([labels, content.kind])).update(labelIndex)
    if (content.kind === 'ink') for (const ink of content.inks) hash.update(JSON.stringify(ink))
    else hash.update(`${content.width} x ${content.height}`).update(content.pixels)
    hash.update(set.indices)
  }
  return hash.digest('hex')
}
