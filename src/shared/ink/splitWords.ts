import { inkBounds } from './bounds'
import type { Ink } from './ink'
import { traceFrame } from './traceFrame'

/** Between words nothing is written over this share of the writing's measure; between the letters of a printed word there is less. */
const widestLetterGap = 1.1

/**
 * Takes a line apart where gaps are wide, from left to right.
 * @returns for each word the numbers of its strokes, in the order in which they were written
 */
export function splitWords(ink: Ink): number[][] {
  const size = traceFrame(ink)?.size ?? 1
  const spans = ink.flatMap((stroke, at) => {
    const bounds = inkBounds([stroke])
    return bounds ? [{ at, left: bounds.left, right: bounds.left + bounds.width }] : []
  })
  spans.sort((a, b) => a.left - b.left)
  const words: { strokes: number[]; right: number }[] = []
  for (const { at, left, right } of spans) {
    const last = words.at(-1)
    if (last && left - last.right <= widestLetterGap * size) {
      last.strokes.push(at)
      last.right = Math.max(last.right, right)
    } else words.push({ strokes: [at], right })
  }
  return words.map(({ strokes }) => strokes.sort((a, b) => a - b))
}
