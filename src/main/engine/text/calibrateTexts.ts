import type { Calibration } from '../../../shared/model/modelCard'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { sureThreshold } from '../infer/calibrate'
import { columnLogs } from './columnLogs'
import { readGreedily } from './readGreedily'
import { textLikelihood } from './textLikelihood'
import { textsOf } from './textsOf'

/**
 * Fits on held-out texts how probable one has to be to count as sure. There is no temperature: a text's probability is that of
 * many columns together.
 * @param logits [count, outputs, columns]
 * @param truth [count, longest]
 */
export function calibrateTexts(
  logits: Float32Array,
  truth: Int32Array,
  spec: ModelSpec,
  { columns, longest }: NonNullable<ModelSpec['text']>,
): Calibration {
  const size = outputCount(spec)
  const answers = textsOf(truth, longest).map((text, at) => {
    const logs = columnLogs(logits.subarray(at * size, (at + 1) * size), columns)
    const answer = readGreedily(logs, columns)
    return {
      probability: Math.exp(textLikelihood(logs, columns, answer)),
      right: answer.join() === text.join(),
    }
  })
  return { temperature: 1, sureAt: sureThreshold(answers), rejectAt: 0.5 }
}
