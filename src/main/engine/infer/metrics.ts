import type { Evaluation, EvaluationMetrics } from '../../../shared/recognition/evaluation'

type ClassScores = Evaluation['perClass'][number]

/**
 * Counts answers.
 * @param truth true classes, [count]
 * @param answers given classes, [count]
 * @returns rows of true classes, columns of answers
 */
export function confusionMatrix(truth: Int32Array, answers: Int32Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  truth.forEach((row, i) => {
    const cells = matrix[row]
    const column = answers[i]
    if (cells && column !== undefined) cells[column] = (cells[column] ?? 0) + 1
  })
  return matrix
}

/** Precision, recall and F1 of each class, 0 where they are undefined. */
export function scoreClasses(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
): ClassScores[] {
  return labels.map((label, index) => {
    const right = confusion[index]?.[index] ?? 0
    const support = confusion[index]?.reduce((sum, count) => sum + count, 0) ?? 0
    const answered = confusion.reduce((sum, row) => sum + (row[index] ?? 0), 0)
    const precision = ratio(right, answered)
    const recall = ratio(right, support)
    return { label, precision, recall, f1: ratio(2 * precision * recall, precision + recall), support }
  })
}

/** Accuracy, and macro averages over the classes that occur in the data. */
export function summarize(
  perClass: readonly ClassScores[],
  confusion: readonly (readonly number[])[],
): EvaluationMetrics {
  const present = perClass.filter((scores) => scores.support > 0)
  const count = present.reduce((sum, scores) => sum + scores.support, 0)
  const right = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0)
  const mean = (of: (scores: ClassScores) => number): number =>
    ratio(
      present.reduce((sum, scores) => sum + of(scores), 0),
      present.length,
    )
  return {
    count,
    accuracy: ratio(right, count),
    macroPrecision: mean((scores) => scores.precision),
    macroRecall: mean((scores) => scores.recall),
    macroF1: mean((scores) => scores.f1),
  }
}

/** Accuracy where labels that differ in case alone are one; null where no two do. */
export function mergeCase(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
): number | null {
  const folded = labels.map((label) => label.toLowerCase())
  if (new Set(folded).size === labels.length) return null
  let [right, count] = [0, 0]
  confusion.forEach((row, truth) =>
    row.forEach((answers, answer) => {
      count += answers
      if (folded[truth] === folded[answer]) right += answers
    }),
  )
  return ratio(right, count)
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
