import type { Evaluation } from '../../../shared/recognition/evaluation'
import { scoreClasses, summarize } from '../infer/metrics'
import { alignTexts } from './alignTexts'

type TextScores = Pick<
  Evaluation,
  'count' | 'accuracy' | 'macroPrecision' | 'macroRecall' | 'macroF1' | 'perClass' | 'confusion'
> & {
  /** Insertions, deletions and replacements that would put the answers right, in characters of the truth. */
  readonly characterErrorRate: number
}

/**
 * How well texts were read. `accuracy` is of whole texts; precision, recall and confusion are of characters, of those
 * that stand for each other where the texts are aligned.
 * @param truth numbers of characters, text by text
 */
export function scoreTexts(
  truth: readonly (readonly number[])[],
  answers: readonly (readonly number[])[],
  classes: readonly string[],
): TextScores {
  // One row and one column more: what was inserted, and what was left out.
  const none = classes.length
  const matrix = Array.from({ length: none + 1 }, () => new Array<number>(none + 1).fill(0))
  let [right, errors, characters] = [0, 0, 0]
  truth.forEach((text, at) => {
    const pairs = alignTexts(text, answers[at] ?? [])
    const wrong = pairs.filter((pair) => pair.truth !== pair.answer).length
    for (const pair of pairs) {
      const cells = matrix[pair.truth ?? none]
      const column = pair.answer ?? none
      if (cells) cells[column] = (cells[column] ?? 0) + 1
    }
    if (wrong === 0) right++
    errors += wrong
    characters += text.length
  })
  const perClass = scoreClasses(matrix, [...classes, '']).slice(0, none)
  const confusion = matrix.slice(0, none).map((cells) => cells.slice(0, none))
  return {
    ...summarize(perClass, confusion),
    count: truth.length,
    accuracy: truth.length === 0 ? 0 : right / truth.length,
    perClass,
    confusion,
    characterErrorRate: characters === 0 ? 0 : errors / characters,
  }
}
