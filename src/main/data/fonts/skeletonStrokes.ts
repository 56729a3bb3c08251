import type { Point } from '../../../shared/ink/ink'
import { branchesOf, type Branch } from './skeletonGraph'

/** Spurs shorter than this many half widths of the line are corners of its outline, not lines. */
const spurReach = 1.35
/** Two nodes nearer than this many half widths are one crossing, which thinning has pulled apart. */
const crossingReach = 1.6
/** Two lines that meet are one stroke where the pen turns by less than this. */
const mostTurn = (55 * Math.PI) / 180
/** Pixels from its end over which the direction of a line is told, in half widths. */
const lookBack = 2.5

/** One end of a branch, which comes to a node. */
interface End {
  readonly branch: number
  readonly atStart: boolean
  /** Where the pen goes that leaves the node along the branch, in radians. */
  readonly angle: number
}

/**
 * The strokes of a thinned character: its lines, each followed through the crossings where it goes on most nearly straight.
 *
 * @param mask `[height, width]` of 0 and 1, thinned, with an empty frame of one pixel
 * @param halfWidth `[height, width]`, of the line that a pixel is the middle of
 */
export function skeletonStrokes(mask: Uint8Array, halfWidth: Float32Array, width: number): Point[][] {
  const { branches, nodeOf } = joinNearNodes(withoutSpurs(mask, halfWidth, width), halfWidth)
  const ends = new Map<number, End[]>()
  branches.forEach(({ pixels, from, to }, branch) => {
    for (const [node, atStart] of [
      [from, true],
      [to, false],
    ] as const) {
      if (node === null) continue
      const list = ends.get(nodeOf(node)) ?? []
      ends.set(nodeOf(node), list)
      list.push({ branch, atStart, angle: angleOf(pixels, atStart, halfWidth, width) })
    }
  })
  const partner = new Map<string, End>()
  for (const list of ends.values()) pairUp(list, partner)
  return chain(branches, partner).map((pixels) =>
    pixels.map((at): Point => [at % width, Math.floor(at / width)]),
  )
}

/** Takes spurs away until there are none, each time from the whole mask: where one was, no node may be left. */
function withoutSpurs(mask: Uint8Array, halfWidth: Float32Array, width: number): Branch[] {
  for (;;) {
    const branches = branchesOf(mask, width)
    const spurs = branches.filter(({ pixels, from, to }) => {
      if ((from === null) === (to === null)) return from !== null && from === to && pixels.length < 4
      const atNode = from === null ? pixels.at(-1) : pixels[0]
      return pixels.length - 1 < spurReach * (halfWidth[atNode ?? 0] ?? 0)
    })
    if (spurs.length === 0) return branches
    for (const { pixels, from, to } of spurs) {
      for (const at of pixels.slice(from === null ? 0 : 1, to === null ? undefined : -1)) mask[at] = 0
    }
  }
}

/** Leaves out the short branches that join two nodes of one crossing, and tells which nodes are one. */
function joinNearNodes(
  branches: readonly Branch[],
  halfWidth: Float32Array,
): { branches: readonly Branch[]; nodeOf: (node: number) => number } {
  const parent = new Map<number, number>()
  const nodeOf = (node: number): number => {
    const above = parent.get(node)
    return above === undefined ? node : nodeOf(above)
  }
  const kept = branches.filter(({ pixels, from, to }) => {
    if (from === null || to === null || from === to) return true
    const reach = crossingReach * Math.max(halfWidth[pixels[0] ?? 0] ?? 0, halfWidth[pixels.at(-1) ?? 0] ?? 0)
    if (pixels.length - 1 >= reach) return true
    const [first, second] = [nodeOf(from), nodeOf(to)]
    if (first !== second) parent.set(first, second)
    return false
  })
  return { branches: kept, nodeOf }
}

function angleOf(
  pixels: readonly number[],
  atStart: boolean,
  halfWidth: Float32Array,
  width: number,
): number {
  const at = (index: number): number => (atStart ? pixels[index] : pixels.at(-1 - index)) ?? 0
  const reach = Math.max(3, Math.round(lookBack * (halfWidth[at(0)] ?? 0)))
  // What lies inside the crossing itself is bent by it.
  const near = at(Math.min(pixels.length - 1, Math.round(reach / 3)))
  const far = at(Math.min(pixels.length - 1, reach))
  const [from, to] = near === far ? [at(0), far] : [near, far]
  return Math.atan2(Math.floor(to / width) - Math.floor(from / width), (to % width) - (from % width))
}

const keyOf = (branch: number, atStart: boolean): string => `${branch}${atStart ? '<' : '>'}`

/** Joins the ends at a node two by two, the straightest pair first. */
function pairUp(ends: readonly End[], partner: Map<string, End>): void {
  const pairs = ends.flatMap((first, at) =>
    ends.slice(at + 1).map((second) => {
      const apart = Math.abs(first.angle - second.angle)
      return { first, second, turn: Math.PI - Math.min(apart, 2 * Math.PI - apart) }
    }),
  )
  for (const { first, second, turn } of pairs.sort((one, other) => one.turn - other.turn)) {
    const [one, other] = [keyOf(first.branch, first.atStart), keyOf(second.branch, second.atStart)]
    if (turn > mostTurn || partner.has(one) || partner.has(other)) continue
    partner.set(one, second)
    partner.set(other, first)
  }
}

/** Lays joined branches end to end: first those that begin at a loose end, then the rings. */
function chain(branches: readonly Branch[], partner: ReadonlyMap<string, End>): number[][] {
  const used = new Set<number>()
  const strokes: number[][] = []
  const follow = (branch: number, atStart: boolean): void => {
    const stroke: number[] = []
    for (let next: End | undefined = { branch, atStart, angle: 0 }; next && !used.has(next.branch);) {
      used.add(next.branch)
      const pixels = branches[next.branch]?.pixels ?? []
      stroke.push(...(next.atStart ? pixels : pixels.toReversed()))
      next = partner.get(keyOf(next.branch, !next.atStart))
    }
    strokes.push(stroke)
  }
  for (const looseOnly of [true, false]) {
    branches.forEach((_, branch) => {
      for (const atStart of [true, false]) {
        if (used.has(branch) || (looseOnly && partner.has(keyOf(branch, atStart)))) continue
        follow(branch, atStart)
      }
    })
  }
  return strokes
}
