import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { EvaluationMetrics } from '../../../shared/recognition/evaluation'
import type { Recipe } from '../../../shared/training/recipe'
import { confusionMatrix, scoreClasses, summarize } from '../infer/metrics'
import { argMax } from '../infer/probabilities'
import { columnLogs } from '../text/columnLogs'
import { readGreedily } from '../text/readGreedily'
import { scoreTexts } from '../text/scoreTexts'
import { textLikelihood } from '../text/textLikelihood'
import { textsOf } from '../text/textsOf'

/** How a network does on held-out samples. */
export interface Validation {
  /** Mean cross-entropy over the classes; of texts, the mean of minus the logarithm of their probability. */
  readonly loss: number
  readonly metrics: EvaluationMetrics
}

/**
 * @param logits [count, outputs]
 * @param truth [count], numbers of classes; [count, longest] for texts
 */
export function validate(logits: Float32Array, truth: Int32Array, spec: ModelSpec): Validation {
  const outputs = outputCount(spec)
  if (spec.text) return validateTexts(logits, truth, spec, spec.text)
  const classes = spec.classes.length
  let loss = 0
  const answers = truth.map((label, i) => {
    const row = logits.subarray(i * outputs, i * outputs + classes)
    const largest = row.reduce((max, value) => Math.max(max, value), -Infinity)
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0)
    loss += Math.log(sum) + largest - (row[label] ?? 0)
    return argMax(row)
  })
  const confusion = confusionMatrix(truth, answers, classes)
  return { loss: loss / truth.length, metrics: summarize(scoreClasses(confusion, spec.classes), confusion) }
}

function validateTexts(
  logits: Float32Array,
  truth: Int32Array,
  spec: ModelSpec,
  { columns, longest }: NonNullable<ModelSpec['text']>,
): Validation {
  const outputs = outputCount(spec)
  const texts = textsOf(truth, longest)
  let loss = 0
  const answers = texts.map((text, at) => {
    const logs = columnLogs(logits.subarray(at * outputs, (at + 1) * outputs), columns)
    loss -= textLikelihood(logs, columns, text)
    return readGreedily(logs, columns)
  })
  const { count, accuracy, macroPrecision, macroRecall, macroF1, characterErrorRate } = scoreTexts(
    texts,
    answers,
    spec.classes,
  )
  return {
    loss: loss / texts.length,
    metrics: { count, accuracy, macroPrecision, macroRecall, macroF1, characterErrorRate },
  }
}

/**
 * What the recipe watches, the higher the better. By default not the loss: with smoothed labels it rises while the answers
 * get better.
 */
export function scoreOf({ loss, metrics }: Validation, monitor: Recipe['monitor']): number {
  return monitor === 'loss' ? -loss : metrics[monitor]
}
