import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import type { Teachable } from './teachable'
import type { TeachingJob } from './teachingJob'

/** Data of the base's own kind, that neither it nor the taught model learned from. */
export interface Check {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
  readonly labels: readonly string[]
}

/**
 * What the base's abilities are measured on: what travels with it, or other data.
 * @throws AppError as openDataset
 */
export async function openCheck(
  { baseData }: TeachingJob,
  base: Teachable,
  signal: AbortSignal,
): Promise<Check> {
  const { spec } = base.card
  const numbers = (labels: readonly string[]): Int32Array =>
    Int32Array.from(labels, (label) => spec.classes.indexOf(label))
  if (baseData === null) {
    const { rasters, labels } = base.replay.check
    return { rasters, labels, truth: numbers(labels) }
  }
  const dataset = await openDataset(baseData, spec.input, signal)
  const labels = Array.from(dataset.labelIndex, (label) => dataset.labels[label] ?? '')
  return { rasters: renderDataset(dataset, spec.input), labels, truth: numbers(labels) }
}
