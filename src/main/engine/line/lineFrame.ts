import type { InkBounds } from '../../../shared/ink/bounds'
import type { Guides } from '../../../shared/recognition/line/lineReading'
import { xHeightShare } from '../../../shared/recognition/line/xHeight'

/** Where a line of writing stands: how tall its tall characters are, and the line that they stand on. */
export interface LineFrame {
  /** Of capitals and digits, in the ink's unit. */
  readonly height: number
  /** The baseline's y at an x. */
  readonly baselineAt: (x: number) => number
}

/**
 * Frames that a line may have, of which the search takes the one that reads best: the writing tells how tall its characters
 * are, but not whether those are tall or small ones ('sore' is written like 'SORE').
 */
export function likelyFrames(
  boxes: readonly InkBounds[],
  guides: Guides | undefined,
  hasLetters: boolean,
): LineFrame[] {
  const groups = overlappingGroups(boxes)
  const tallest = quantile(
    groups.map(({ height }) => height),
    0.8,
  )
  const ofGuides = guides && guides.xHeight / xHeightShare
  // A line of nothing but dots and dashes says nothing of its height.
  const height = ofGuides !== undefined && tallest < 0.3 * ofGuides ? ofGuides : tallest
  const heights = hasLetters ? [height, height / xHeightShare] : [height]
  return heights.map((tall) => ({
    height: Math.max(tall, 1e-6),
    baselineAt: fitBaseline(groups, tall, guides),
  }))
}

/** Strokes that lie over one another are looked at together: neither the dot nor the stem tells the height of an i. */
function overlappingGroups(unsorted: readonly InkBounds[]): InkBounds[] {
  const boxes = [...unsorted].sort((a, b) => a.left - b.left)
  const groups: InkBounds[] = []
  for (const box of boxes) {
    const last = groups.at(-1)
    const shared = last ? Math.min(last.left + last.width, box.left + box.width) - box.left : 0
    if (last && shared > 0.5 * Math.min(last.width, box.width)) groups[groups.length - 1] = union(last, box)
    else groups.push(box)
  }
  return groups
}

function union(a: InkBounds, b: InkBounds): InkBounds {
  const left = Math.min(a.left, b.left)
  const top = Math.min(a.top, b.top)
  return {
    left,
    top,
    width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top,
  }
}

/**
 * The line under what stands on it. Its slope is the median of the slopes between any two of the characters that are not small
 * (Theil 1950, Sen 1968), which neither a g nor a comma moves.
 */
function fitBaseline(
  groups: readonly InkBounds[],
  height: number,
  guides: Guides | undefined,
): LineFrame['baselineAt'] {
  const feet = groups
    .filter((box) => box.height > 0.45 * height)
    .map((box) => ({ x: box.left + box.width / 2, y: box.top + box.height }))
  if (feet.length === 0) {
    const lowest = Math.max(...groups.map((box) => box.top + box.height))
    const level = guides?.baseline ?? lowest
    return () => level
  }
  const slopes = feet.flatMap((a, i) =>
    feet.slice(i + 1).flatMap((b) => (Math.abs(b.x - a.x) < 0.5 * height ? [] : [(b.y - a.y) / (b.x - a.x)])),
  )
  const slope = feet.length < 3 ? 0 : Math.max(-0.3, Math.min(0.3, quantile(slopes, 0.5)))
  const level = quantile(
    feet.map(({ x, y }) => y - slope * x),
    0.5,
  )
  return (x) => level + slope * x
}

/** 0 for no values. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
