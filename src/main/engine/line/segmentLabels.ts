import type { Probabilities } from '../infer/probabilities'
import { spanCost } from './characterSpans'
import type { LineFrame } from './lineFrame'
import { markLabels } from './marks'
import type { Segment } from './segments'

/** What a segment may be read as, and what that costs: a negative logarithm. */
export interface LabelCost {
  readonly label: string
  readonly cost: number
}

/** No shape is so unlike a character that size, place and what is expected could not outweigh it. */
const leastChance = 1e-5
/** How much a place in the line counts beside the shape. */
const spanWeight = 0.6
/** Costlier ones than the best by so much are not looked at, unless nothing else is expected. */
const worstOfInterest = 12

/**
 * What the shape (by the model), its size and its place say together of one segment, the cheapest first. The shape counts for as
 * many times as there are atoms, or few bad characters would be cheaper than many good ones (Wang, Yin and Liu 2012, who
 * weigh by primitive segments, too).
 * @param seen of the segment, in the order of `classes`
 * @param marks how likely it is each of the marks; see marks.ts
 */
export function labelCosts(
  segment: Segment,
  seen: Probabilities,
  classes: readonly string[],
  frame: LineFrame,
  marks: ReadonlyMap<string, number>,
): LabelCost[] {
  if (segment.label !== null) return [{ label: segment.label, cost: 0 }]
  const { bounds, start, end } = segment
  const baseline = frame.baselineAt(bounds.left + bounds.width / 2)
  const top = (baseline - bounds.top) / frame.height
  const bottom = (baseline - bounds.top - bounds.height) / frame.height
  const isMark = [...marks.values()].reduce((sum, chance) => sum + chance, 0)
  const chances = new Map<string, number>()
  classes.forEach((label, index) =>
    chances.set(label, (1 - isMark) * (1 - seen.reject) * (seen.classes[index] ?? 0)),
  )
  for (const label of markLabels) chances.set(label, (chances.get(label) ?? 0) + (marks.get(label) ?? 0))
  const costs = [...chances].map(([label, chance]) => ({
    label,
    cost:
      -(end - start) * Math.log(Math.max(leastChance, chance)) + spanWeight * spanCost(label, top, bottom),
  }))
  costs.sort((a, b) => a.cost - b.cost)
  const limit = (costs[0]?.cost ?? 0) + worstOfInterest
  return costs.filter(({ cost }) => cost <= limit)
}
