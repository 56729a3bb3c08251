import type { Reliability } from '../../../shared/recognition/comparison'

const binCount = 10

/** Expected calibration error over equal bins (Naeini et al. 2015), with the bins of its diagram. */
export function measureReliability(answers: readonly { probability: number; right: boolean }[]): Reliability {
  const bins = Array.from({ length: binCount }, (_, i) => {
    const [from, to] = [i / binCount, (i + 1) / binCount]
    const inside = answers.filter(
      ({ probability }) => probability >= from && (probability < to || i === binCount - 1),
    )
    const count = inside.length
    const mean = (sum: number): number => (count === 0 ? 0 : sum / count)
    return {
      from,
      to,
      count,
      probability: mean(inside.reduce((sum, { probability }) => sum + probability, 0)),
      accuracy: mean(inside.filter(({ right }) => right).length),
    }
  })
  const ece = bins.reduce(
    (sum, { count, probability, accuracy }) => sum + count * Math.abs(probability - accuracy),
    0,
  )
  return { ece: answers.length === 0 ? 0 : ece / answers.length, bins }
}
