import type { Gate } from '../../../shared/teaching/teaching'

type Share = Gate['own']['before']

/** How many of the answers are right. */
export function shareRight(answers: readonly string[], labels: readonly string[]): Share {
  const right = answers.filter((answer, i) => answer === labels[i]).length
  return { count: labels.length, accuracy: labels.length === 0 ? 0 : right / labels.length }
}

/**
 * The new model is the better one only where it reads held-out samples of the user better, and the base's own data not
 * noticeably worse. A model that nothing could be held out for is not known to be better.
 */
export function judge(own: Gate['own'], base: Gate['base'], largestBaseLoss: number): Gate {
  const reasons: Gate['reasons'] = []
  if (!(own.after.accuracy > own.before.accuracy)) reasons.push('no-gain')
  // The subtraction of two shares may be off by the last bit.
  if (base.before.accuracy - base.after.accuracy > largestBaseLoss + 1e-9) reasons.push('base-worse')
  return { passed: reasons.length === 0, reasons, largestBaseLoss, own, base }
}
