/**
 * Wears a mask down, in place, to lines that are one pixel wide and hang together as before (Zhang & Suen 1984).
 *
 * @param mask `[height, width]` of 0 and 1, with an empty frame of one pixel
 */
export function thin(mask: Uint8Array, width: number): void {
  const around = [-width, 1 - width, 1, 1 + width, width, width - 1, -1, -1 - width]
  let inked: number[] = []
  mask.forEach((value, at) => {
    if (value) inked.push(at)
  })
  for (let wornInRound = 1; wornInRound > 0;) {
    wornInRound = 0
    for (const [first, second] of passes) {
      const worn = inked.filter((at) => {
        const near = around.map((step) => mask[at + step] ?? 0)
        return (
          isWorn(near) && first.some((side) => near[side] === 0) && second.some((side) => near[side] === 0)
        )
      })
      for (const at of worn) mask[at] = 0
      wornInRound += worn.length
      inked = inked.filter((at) => mask[at] === 1)
    }
  }
}

/** Of the neighbours from above clockwise, those of which one must be paper: first the lower right edge goes, then the upper left. */
const passes = [
  [
    [0, 2, 4],
    [2, 4, 6],
  ],
  [
    [0, 2, 6],
    [0, 4, 6],
  ],
] as const

/** Whether a pixel may go as far as the number of its neighbours tells: it is no end, not inside, and parts nothing. */
function isWorn(near: readonly number[]): boolean {
  let count = 0
  let rises = 0
  near.forEach((value, at) => {
    count += value
    if (value === 0 && near[(at + 1) % near.length] === 1) rises++
  })
  return count >= 2 && count <= 6 && rises === 1
}
