import type { Calibration } from '../../../shared/model/modelCard'
import { goldenSection } from './goldenSection'
import { argMax, probabilitiesOf } from './probabilities'

/** Of the answers that count as sure, so many are to be right (as far as the held-out samples can tell). */
const wantedPrecision = 0.999
/** No threshold outside of these: below, two classes may be as likely; above, hardly anything would be sure. */
const [lowestSureAt, highestSureAt] = [0.5, 0.9]

/**
 * Fits a model's temperature and 'not sure' threshold on held-out samples.
 * Temperature scaling: Guo et al. 2017; the one parameter that minimises the negative log-likelihood. The truth counts as
 * nearly sure only, by the rule of succession (Platt 1999), or a model that reads all held-out samples right would be fitted to
 * claim certainty.
 * @param logits [count, outputs]
 * @param truth true classes, [count]
 */
export function calibrate(
  logits: Float32Array,
  truth: Int32Array,
  outputs: number,
  classCount: number,
): Calibration {
  const rows = Array.from(truth, (_, i) => logits.subarray(i * outputs, (i + 1) * outputs))
  const doubt = 1 / (rows.length + 2)
  const likelihood = (temperature: number): number =>
    rows.reduce((sum, row, i) => {
      const logs = probabilitiesOf(row, classCount, temperature).classes.map(logOf)
      const right = logs[truth[i] ?? 0] ?? 0
      const others = logs.reduce((total, log) => total + log, -right) / (classCount - 1)
      return sum - (1 - doubt) * right - doubt * others
    }, 0)
  const temperature =
    rows.length === 0 ? 1 : Math.exp(goldenSection((log) => likelihood(Math.exp(log)), -2, 2))
  const answers = rows.map((row, i) => {
    const { classes } = probabilitiesOf(row, classCount, temperature)
    const best = argMax(classes)
    return { probability: classes[best] ?? 0, right: best === truth[i] }
  })
  return { temperature, sureAt: sureThreshold(answers), rejectAt: 0.5 }
}

const logOf = (probability: number): number => Math.log(Math.max(1e-30, probability))

/** The lowest threshold above which the wanted share of answers is right. */
function sureThreshold(answers: { probability: number; right: boolean }[]): number {
  const descending = answers.sort((a, b) => b.probability - a.probability)
  let right = 0
  let threshold = highestSureAt
  descending.forEach((answer, i) => {
    if (answer.right) right++
    if (right / (i + 1) >= wantedPrecision) threshold = Math.min(threshold, answer.probability)
  })
  return Math.min(highestSureAt, Math.max(lowestSureAt, threshold))
}
