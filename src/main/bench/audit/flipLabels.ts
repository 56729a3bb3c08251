import { Random } from '../../../shared/random'

/**
 * Gives a share of samples a wrong label each, drawn by the seed.
 * @param labelIndex [samples], changed in place
 * @returns what the labels of those samples were
 */
export function flipLabels(
  labelIndex: Int32Array,
  labels: number,
  share: number,
  seed: number,
): Map<number, number> {
  const random = new Random(seed, 0xf11b)
  const chosen = random
    .shuffle(Int32Array.from(labelIndex.keys()))
    .subarray(0, Math.round(labelIndex.length * share))
  return new Map(
    Array.from(chosen, (sample) => {
      const truth = labelIndex[sample] ?? 0
      labelIndex[sample] = (truth + 1 + random.integer(labels - 1)) % labels
      return [sample, truth]
    }),
  )
}
