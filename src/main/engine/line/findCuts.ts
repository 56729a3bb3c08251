import { inkBounds } from '../../../shared/ink/bounds'
import type { Stroke } from '../../../shared/ink/ink'

/** Columns that a line height is looked at in. */
const columnsPerHeight = 24
/** A join is at least this long, in line heights; shorter ones are the turn of a single character. */
const shortestJoin = 0.08

/**
 * Where a wide stroke may be cut: in the middle of each stretch of columns in which the pen passed just once, as it does on its
 * way from one character to the next. The stretches at both ends are its run-in and tail.
 * @returns numbers of points, rising
 */
export function findCuts(stroke: Stroke, height: number): number[] {
  const bounds = inkBounds([stroke])
  if (bounds === null || height <= 0) return []
  const count = Math.max(1, Math.ceil((bounds.width / height) * columnsPerHeight))
  const columnOf = (x: number): number =>
    Math.min(count - 1, Math.floor(((x - bounds.left) / bounds.width) * count))
  const passes = new Int32Array(count)
  const pointIn = new Int32Array(count)
  stroke.forEach(([x], at) => {
    const before = stroke[at - 1]
    const [from, to] = before ? [columnOf(before[0]), columnOf(x)] : [columnOf(x), columnOf(x)]
    if (before && from === to) return
    for (let column = Math.min(from, to); column <= Math.max(from, to); column++) {
      // A column that the last segment ended in was counted with that.
      if (before && column === from) continue
      passes[column] = (passes[column] ?? 0) + 1
      pointIn[column] = at
    }
  })
  const cuts: number[] = []
  for (let start = 0; start < count;) {
    let end = start
    while (end < count && passes[end] === 1) end++
    const isInside = start > 0 && end < count
    if (isInside && end - start >= shortestJoin * columnsPerHeight) {
      const cut = pointIn[(start + end) >> 1] ?? 0
      if (cut > 0 && cut < stroke.length - 1) cuts.push(cut)
    }
    start = Math.max(end, start + 1)
  }
  return [...new Set(cuts)].sort((a, b) => a - b)
}
