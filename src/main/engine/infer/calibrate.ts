import type { Calibration } from '../../../shared/model/modelCard'
import { goldenSection } from './goldenSection'
import { argMax, probabilitiesOf } from './probabilities'

/** Of the answers that count as sure, so many are to be right (as far as the held-out samples can tell). */
const wantedPrecision = 0.999
/** One parameter needs no more logits than this to be fitted well: of thousands of classes, only some samples are taken. */
const logitsAtMost = 2_000_000
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
  const stride = Math.ceil((rows.length * classCount) / logitsAtMost)
  const scores = rows.flatMap((row, i) =>
    i % stride === 0 ? [scoresOf(row.subarray(0, classCount), truth[i] ?? 0)] : [],
  )
  // The logarithm of a softmax is the logit less that of the sum, so that a temperature costs one sum a row: there may be
  // thousands of classes.
  const likelihood = (temperature: number): number =>
    scores.reduce((sum, { classes, largest, right, others }) => {
      const logSum = largest / temperature + Math.log(sumOfPowers(classes, largest, temperature))
      return sum - (1 - doubt) * (right / temperature - logSum) - doubt * (others / temperature - logSum)
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

/** What of a row's logits does not depend on the temperature; `others` is the mean of all that are not the true one. */
function scoresOf(classes: Float32Array, truth: number) {
  const right = classes[truth] ?? 0
  const sum = classes.reduce((total, logit) => total + logit, 0)
  const largest = classes.reduce((max, logit) => Math.max(max, logit), -Infinity)
  return { classes, largest, right, others: (sum - right) / (classes.length - 1) }
}

/** The sum of exp((logit - largest) / temperature). A loop, since a training comes here with millions of logits an epoch. */
function sumOfPowers(logits: Float32Array, largest: number, temperature: number): number {
  let sum = 0
  for (const logit of logits) sum += Math.exp((logit - largest) / temperature)
  return sum
}

/** The lowest probability above which the wanted share of answers is right. */
export function sureThreshold(answers: { probability: number; right: boolean }[]): number {
  const descending = answers.sort((a, b) => b.probability - a.probability)
  let right = 0
  let threshold = highestSureAt
  descending.forEach((answer, i) => {
    if (answer.right) right++
    if (right / (i + 1) >= wantedPrecision) threshold = Math.min(threshold, answer.probability)
  })
  return Math.min(highestSureAt, Math.max(lowestSureAt, threshold))
}
