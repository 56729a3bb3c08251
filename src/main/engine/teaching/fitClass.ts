import { goldenSection } from '../infer/goldenSection'
import type { Parameters } from '../network/parameter'
import { headBias, headWeight } from '../network/transferParameters'
import type { FeatureSamples } from './classMeans'
import { headLogits } from './headLogits'

/** Far beyond what logits differ by. */
const reach = 60
const scales = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const

interface Margin {
  /** The class's score along its direction. */
  readonly score: number
  /** The largest logit of all other outputs. */
  readonly others: number
}

/**
 * Puts a new class into a head: along its direction in feature space, scaled and shifted so that it takes its own samples and
 * leaves all others theirs, both counting alike (least cross-entropy).
 * @param head its weight and bias are changed in place
 * @param direction [size]
 */
export function fitClass(
  head: Parameters,
  outputs: number,
  label: number,
  direction: Float64Array,
  sets: readonly FeatureSamples[],
): void {
  const margins = { own: [] as Margin[], others: [] as Margin[] }
  const size = direction.length
  for (const { features, classes } of sets) {
    const logits = headLogits(features, head, outputs)
    classes.forEach((truth, sample) => {
      const row = logits.subarray(sample * outputs, (sample + 1) * outputs)
      const others = row.reduce(
        (max, logit, output) => (output === label ? max : Math.max(max, logit)),
        -Infinity,
      )
      const score = direction.reduce((sum, value, i) => sum + value * (features[sample * size + i] ?? 0), 0)
      margins[truth === label ? 'own' : 'others'].push({ score, others })
    })
  }
  const loss = (scale: number, offset: number): number =>
    meanSoftplus(margins.own, ({ score, others }) => others - scale * score - offset) +
    meanSoftplus(margins.others, ({ score, others }) => scale * score + offset - others)
  const fitted = scales.map((scale) => {
    const offset = goldenSection((value) => loss(scale, value), -reach, reach)
    return { scale, offset, loss: loss(scale, offset) }
  })
  const best = fitted.reduce((a, b) => (b.loss < a.loss ? b : a))
  const weight = head.get(headWeight)
  const bias = head.get(headBias)
  if (!weight || !bias) throw new Error('the head is missing')
  direction.forEach((value, i) => (weight[i * outputs + label] = best.scale * value))
  bias[label] = best.offset
}

/** log(1 + exp(x)) on average, without overflow. */
function meanSoftplus(margins: readonly Margin[], of: (margin: Margin) => number): number {
  const sum = margins.reduce((total, margin) => {
    const x = of(margin)
    return total + Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
  }, 0)
  return sum / Math.max(1, margins.length)
}
