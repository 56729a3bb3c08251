/** One step of the way from a text to another, in numbers of characters; null where the other has none there. */
export interface AlignedPair {
  readonly truth: number | null
  readonly answer: number | null
}

/** The fewest insertions, deletions and replacements that lead from one text to the other (Levenshtein 1966), step by step. */
export function alignTexts(truth: readonly number[], answer: readonly number[]): AlignedPair[] {
  const width = answer.length + 1
  const costs = new Uint16Array((truth.length + 1) * width)
  const costAt = (row: number, column: number): number => costs[row * width + column] ?? 0
  for (let row = 0; row <= truth.length; row++)
    for (let column = 0; column < width; column++) {
      if (row === 0 || column === 0) costs[row * width + column] = row + column
      else {
        const replaced = costAt(row - 1, column - 1) + Number(truth[row - 1] !== answer[column - 1])
        const moved = 1 + Math.min(costAt(row - 1, column), costAt(row, column - 1))
        costs[row * width + column] = Math.min(replaced, moved)
      }
    }
  const pairs: AlignedPair[] = []
  let [row, column] = [truth.length, answer.length]
  while (row > 0 || column > 0) {
    const [given, read] = [truth[row - 1] ?? null, answer[column - 1] ?? null]
    const cost = costAt(row, column)
    if (row > 0 && column > 0 && cost === costAt(row - 1, column - 1) + Number(given !== read)) {
      pairs.push({ truth: given, answer: read })
      row--
      column--
    } else if (row > 0 && cost === costAt(row - 1, column) + 1) {
      pairs.push({ truth: given, answer: null })
      row--
    } else {
      pairs.push({ truth: null, answer: read })
      column--
    }
  }
  return pairs.reverse()
}
