import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Recipe } from '../../../shared/training/recipe'
import type { SampleSet } from '../../data/augment/batchPlan'

/**
 * How much a sample of each output counts in the loss, [outputs]; null where all count alike. 'balanced' gives a class that
 * has a tenth of the mean's samples ten times the weight.
 */
export function outputWeights(
  weights: Recipe['classWeights'],
  spec: ModelSpec,
  { classIndex, indices }: Pick<SampleSet, 'classIndex' | 'indices'>,
): Float32Array | null {
  if (weights === 'none') return null
  const result = new Float32Array(outputCount(spec)).fill(1)
  if (weights !== 'balanced') {
    spec.classes.forEach((label, output) => (result[output] = weights[label] ?? 1))
    return result
  }
  const counts = spec.classes.map(() => 0)
  for (const index of indices) {
    const output = classIndex[index] ?? 0
    counts[output] = (counts[output] ?? 0) + 1
  }
  const present = counts.filter((count) => count > 0).length
  counts.forEach((count, output) => {
    if (count > 0) result[output] = indices.length / (present * count)
  })
  return result
}
