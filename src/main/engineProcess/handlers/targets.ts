import { AppError } from '../../../shared/errors/appError'
import { labelLength, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Dataset } from '../../data/dataset'
import { classIndex } from './classIndex'

/**
 * What each sample is, in numbers of a network's classes: [count], or [count, longest] for texts, -1 after the end of each.
 * @throws AppError 'labels-unknown' where a label is none of the model's classes, or a text of other characters or too long
 */
export function targetsOf(dataset: Dataset, spec: ModelSpec): Int32Array {
  if (!spec.text) return classIndex(dataset, spec.classes, spec.name)
  const longest = labelLength(spec)
  const numberOf = new Map(spec.classes.map((label, index) => [label, index]))
  const texts = dataset.labels.map((label) => Array.from(label, (character) => numberOf.get(character) ?? -1))
  const unknown = dataset.labels.filter((_, at) => {
    const text = texts[at] ?? []
    return text.includes(-1) || text.length > longest
  })
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 10).join(' ') + (unknown.length > 10 ? ' …' : '')
    throw new AppError('labels-unknown', { labels: shown, model: spec.name })
  }
  const targets = new Int32Array(dataset.count * longest).fill(-1)
  dataset.labelIndex.forEach((label, at) => targets.set(texts[label] ?? [], at * longest))
  return targets
}

/** The targets of some samples, in their order. */
export function pickTargets(targets: Int32Array, indices: Int32Array, spec: ModelSpec): Int32Array {
  const length = labelLength(spec)
  const picked = new Int32Array(indices.length * length)
  indices.forEach((index, at) =>
    picked.set(targets.subarray(index * length, (index + 1) * length), at * length),
  )
  return picked
}
