import type { Judgements } from './judgeSamples'

/** A sample that is likely of another class than its label says. */
export interface WrongLabel {
  readonly sample: number
  /** The class that it is likely of. */
  readonly suggested: number
  /** Log probabilities. */
  readonly own: number
  readonly other: number
  /** Whether the other class reaches its threshold: most of these are wrong labels, and of the others some. */
  readonly isConfident: boolean
}

/**
 * Confident learning (Northcutt, Jiang & Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels"). A class's
 * threshold is the mean probability that it gets from the samples with its label. A sample for which another class is likelier than
 * its label is told; where that class reaches its threshold, the sample is off the diagonal of their "confident joint". The order
 * is by how much likelier the other class is: as logarithms, which tell apart what probabilities round to 0 and 1.
 * @param classes [samples], as they are labelled
 * @returns the worst first
 */
export function findWrongLabels(
  { own, likeliest, best }: Judgements,
  classes: Int32Array,
  classCount: number,
): WrongLabel[] {
  const sums = new Float64Array(classCount)
  const counts = new Int32Array(classCount)
  classes.forEach((label, sample) => {
    const log = own[sample] ?? NaN
    if (Number.isNaN(log)) return
    sums[label] = (sums[label] ?? 0) + Math.exp(log)
    counts[label] = (counts[label] ?? 0) + 1
  })
  const thresholds = sums.map((sum, label) => (counts[label] ? sum / (counts[label] ?? 1) : 1))
  const found: WrongLabel[] = []
  classes.forEach((label, sample) => {
    const log = own[sample] ?? NaN
    if (Number.isNaN(log)) return
    const other = likeliest[sample] ?? 0
    const otherLog = best[sample] ?? -Infinity
    if (other === label) return
    const isConfident = Math.exp(otherLog) >= (thresholds[other] ?? 1)
    found.push({ sample, suggested: other, own: log, other: otherLog, isConfident })
  })
  return found.sort((a, b) => b.other - b.own - (a.other - a.own))
}
