/** Ink pixels that are looked at; more would tell no more. */
const probes = 40_000
const steps = [
  { around: 20, by: 1 },
  { around: 1, by: 0.1 },
] as const

/**
 * By how many degrees the lines of writing on a page run downwards to the right: the angle by which its ink falls into the
 * sharpest rows (Postl 1986, projection profiles). 0 where there is too little ink to tell. Within 20 degrees either way.
 */
export function skewOf(mask: Uint8Array, width: number, height: number, rowHeight: number): number {
  const points = probe(mask, width)
  if (points.length < 200) return 0
  const bin = Math.max(1, rowHeight / 8)
  const length = Math.ceil((2 * (width + height)) / bin)
  let best = 0
  for (const { around, by } of steps) {
    let sharpest = -1
    const middle = best
    for (let angle = middle - around; angle <= middle + around + 1e-9; angle += by) {
      const sharpness = sharpnessAt(points, (angle * Math.PI) / 180, bin, length, width)
      // Of equally good ones the smallest turn.
      if (sharpness > sharpest * 1.002 || (sharpness >= sharpest && Math.abs(angle) < Math.abs(best))) {
        sharpest = Math.max(sharpest, sharpness)
        best = angle
      }
    }
  }
  return Math.abs(best) < 0.15 ? 0 : best
}

function probe(mask: Uint8Array, width: number): { x: number; y: number }[] {
  let ink = 0
  for (const value of mask) ink += value
  const every = Math.max(1, Math.floor(ink / probes))
  const points: { x: number; y: number }[] = []
  let seen = 0
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0 || seen++ % every !== 0) continue
    const x = at % width
    points.push({ x, y: (at - x) / width })
  }
  return points
}

function sharpnessAt(
  points: readonly { x: number; y: number }[],
  angle: number,
  bin: number,
  length: number,
  width: number,
): number {
  const rows = new Float64Array(length)
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  for (const { x, y } of points) {
    const row = Math.floor((y * cosine - x * sine + width) / bin)
    rows[row] = (rows[row] ?? 0) + 1
  }
  return rows.reduce((sum, count) => sum + count * count, 0)
}
