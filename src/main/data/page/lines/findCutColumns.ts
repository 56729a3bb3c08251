/** Characters touch where a column crosses no more ink than this many strokes. */
const thinCrossing = 2.3
/** Of a line's height: pieces narrower than `whole` are never cut, and cuts lie this far from each other and from the ends. */
const whole = 0.45
const apart = 0.16

/**
 * Where a piece may be cut: its thinnest columns, those with the least ink first, none near to another.
 *
 * @param ink pixels of ink in each column, as if the writing stood upright
 * @param height of the line's tall characters
 * @returns columns, rising; a cut lies left of its column
 */
export function findCutColumns(ink: readonly number[], height: number, strokeWidth: number): number[] {
  if (ink.length < whole * height) return []
  const distance = Math.max(2, apart * height)
  const thin = ink
    .map((count, column) => ({ count: smooth(ink, column), column, own: count }))
    .filter(({ column, own }) => {
      const inside = column >= distance && ink.length - column >= distance
      return inside && own <= thinCrossing * strokeWidth
    })
    .sort((a, b) => a.count - b.count)
  const cuts: number[] = []
  for (const { column } of thin) {
    if (cuts.every((cut) => Math.abs(cut - column) >= distance)) cuts.push(column)
  }
  return cuts.sort((a, b) => a - b)
}

/** With its neighbours, so that of a long thin stretch the middle is taken. */
function smooth(ink: readonly number[], column: number): number {
  const [before = 0, own = 0, after = 0] = [ink[column - 1], ink[column], ink[column + 1]]
  return before + 2 * own + after
}
