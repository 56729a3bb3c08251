/** A line of a skeleton between two of its nodes (the same one, for a loop): pixels from end to end. */
export interface Branch {
  readonly pixels: readonly number[]
  /** Nodes at the first and the last pixel; null at a loose end, or for a ring without a node. */
  readonly from: number | null
  readonly to: number | null
}

/**
 * Takes a skeleton apart at the pixels where three or more lines meet. Such pixels that touch are one node.
 *
 * @param mask `[height, width]` of 0 and 1, thinned, with an empty frame of one pixel
 */
export function branchesOf(mask: Uint8Array, width: number): Branch[] {
  const neighbours = neighbourFinder(mask, width)
  const node = findNodes(mask, width, neighbours)
  const done = new Uint8Array(mask.length)
  const branches: Branch[] = []
  const follow = (start: number, next: number): void => {
    const pixels = [start]
    for (let before = start, at: number | undefined = next; at !== undefined;) {
      pixels.push(at)
      if ((node[at] ?? 0) > 0 || done[at] === 1) break
      done[at] = 1
      const onward: number | undefined = neighbours(at).find((near) => near !== before)
      before = at
      at = onward
    }
    const nodeAt = (pixel = 0): number | null => (node[pixel] === 0 ? null : (node[pixel] ?? null))
    branches.push({ pixels, from: nodeAt(pixels[0]), to: nodeAt(pixels.at(-1)) })
  }
  const inked = Array.from(mask.keys()).filter((at) => mask[at] === 1)
  for (const at of inked) {
    if ((node[at] ?? 0) === 0) continue
    for (const near of neighbours(at)) if ((node[near] ?? 0) === 0 && done[near] === 0) follow(at, near)
  }
  // What hangs on no node: open lines from their ends, then dots, then rings.
  for (const wanted of [1, 0, 2]) {
    for (const at of inked) {
      if ((node[at] ?? 0) > 0 || done[at] === 1 || neighbours(at).length !== wanted) continue
      done[at] = 1
      const next = neighbours(at)[0]
      if (next === undefined) branches.push({ pixels: [at], from: null, to: null })
      else follow(at, next)
    }
  }
  return branches
}

/** The pixels that a pixel hangs together with: the four beside it, and a corner where no pixel beside both leads to it. */
function neighbourFinder(mask: Uint8Array, width: number): (at: number) => number[] {
  const isInk = (at: number): boolean => mask[at] === 1
  return (at) => {
    const beside = [at - width, at + 1, at + width, at - 1].filter(isInk)
    const corners = [
      [-width, 1],
      [width, 1],
      [width, -1],
      [-width, -1],
    ].flatMap(([up = 0, right = 0]) => {
      const corner = at + up + right
      return isInk(corner) && !isInk(at + up) && !isInk(at + right) ? [corner] : []
    })
    return [...beside, ...corners]
  }
}

/** `[height, width]`: the number of the node that a pixel belongs to, from 1, or 0. */
function findNodes(mask: Uint8Array, width: number, neighbours: (at: number) => number[]): Int32Array {
  const node = new Int32Array(mask.length)
  const meets = (at: number): boolean => mask[at] === 1 && neighbours(at).length > 2
  let count = 0
  for (const at of mask.keys()) {
    if (!meets(at) || node[at] !== 0) continue
    const waiting = [at]
    node[at] = ++count
    for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
      for (const near of neighbours(here)) {
        if (node[near] !== 0 || !meets(near)) continue
        node[near] = count
        waiting.push(near)
      }
    }
  }
  return node
}
