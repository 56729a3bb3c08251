import { AppError } from '../../../shared/errors/appError'
import type { Dataset } from '../../data/dataset'

/**
 * The number of each sample's class among a model's, [count].
 * @throws AppError 'labels-unknown' where the data has labels that are none of the model's classes
 */
export function classIndex(dataset: Dataset, classes: readonly string[], model: string): Int32Array {
  const numberOf = new Map(classes.map((label, index) => [label, index]))
  const unknown = dataset.labels.filter((label) => !numberOf.has(label))
  if (unknown.length > 0) {
    const shown = unknown.slice(0, 10).join(' ') + (unknown.length > 10 ? ' …' : '')
    throw new AppError('labels-unknown', { labels: shown, model })
  }
  const ofLabel = dataset.labels.map((label) => numberOf.get(label) ?? 0)
  return dataset.labelIndex.map((label) => ofLabel[label] ?? 0)
}
