import type { Significance } from '../../../shared/recognition/comparison'

/** From these on a difference is called one, or likely one. */
const [sureBelow, likelyBelow] = [0.05, 0.3]

/**
 * The exact McNemar test: of the samples that just one of two models reads rightly, how likely so uneven a split is if both
 * were as good (a two-sided sign test).
 */
export function testDifference(fixed: number, broken: number): Significance {
  const changed = fixed + broken
  const pValue = Math.min(1, 2 * binomialTail(changed, Math.max(fixed, broken)))
  const better = fixed > broken
  const verdict =
    pValue < sureBelow
      ? better
        ? 'better'
        : 'worse'
      : pValue < likelyBelow
        ? better
          ? 'likely-better'
          : 'likely-worse'
        : 'same'
  return { fixed, broken, pValue, verdict }
}

/** How likely at least `least` of `count` fair coins show heads; summed from logarithms, for any count. */
function binomialTail(count: number, least: number): number {
  let logChoose = 0
  let sum = 0
  for (let heads = 0; heads <= count; heads++) {
    if (heads > 0) logChoose += Math.log((count - heads + 1) / heads)
    if (heads >= least) sum += Math.exp(logChoose - count * Math.LN2)
  }
  return sum
}
