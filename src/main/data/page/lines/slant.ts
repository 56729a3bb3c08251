const angles = { most: 45, by: 3 } as const

/** Ink pixels that are looked at; more would tell no more. */
const probes = 8_000

/**
 * How far the characters of a line lean to the right, as a tangent: the shear by which its ink falls into the sharpest columns
 * (as the skew of a page is found in its rows; see skew.ts).
 *
 * @param points of the ink, `y` downwards
 */
export function slantOf(points: readonly { x: number; y: number }[]): number {
  const every = Math.max(1, Math.floor(points.length / probes))
  const some = points.filter((_, at) => at % every === 0)
  if (some.length < 40) return 0
  let best = { slant: 0, sharpness: 0 }
  for (let angle = -angles.most; angle <= angles.most; angle += angles.by) {
    const slant = Math.tan((angle * Math.PI) / 180)
    // An upright line wins where the others are hardly better.
    const sharpness = sharpnessAt(some, slant) * (1 - Math.abs(angle) / 600)
    if (sharpness > best.sharpness) best = { slant, sharpness }
  }
  return best.slant
}

function sharpnessAt(points: readonly { x: number; y: number }[], slant: number): number {
  const columns = new Map<number, number>()
  for (const { x, y } of points) {
    const column = Math.round(upright(x, y, slant))
    columns.set(column, (columns.get(column) ?? 0) + 1)
  }
  let sum = 0
  for (const count of columns.values()) sum += count * count
  return sum
}

/** Where a place would lie across if the writing stood upright. */
export function upright(x: number, y: number, slant: number): number {
  return x + slant * y
}
