import type { Point, Stroke } from '../../shared/ink/ink'

/** Whether the segment `from`-`to` comes within `radius` of the stroke, all in the same unit. */
export function touchesStroke(stroke: Stroke, from: Point, to: Point, radius: number): boolean {
  const first = stroke[0]
  if (!first) return false
  if (stroke.length === 1) return segmentDistance(first, first, from, to) <= radius
  return stroke.some((point, i) => {
    const before = stroke[i - 1]
    return before !== undefined && segmentDistance(before, point, from, to) <= radius
  })
}

/** Distance of two segments: zero where they cross, else the least distance of an end to the other segment. */
function segmentDistance(a: Point, b: Point, c: Point, d: Point): number {
  if (cross(a, b, c, d)) return 0
  return Math.min(
    pointDistance(a, c, d),
    pointDistance(b, c, d),
    pointDistance(c, a, b),
    pointDistance(d, a, b),
  )
}

function pointDistance(point: Point, from: Point, to: Point): number {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const squared = dx * dx + dy * dy
  const along = squared === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / squared
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(point[0] - from[0] - t * dx, point[1] - from[1] - t * dy)
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/** Positive where `point` lies to one side of the line `from`-`to`, negative on the other, zero on it. */
function side(from: Point, to: Point, point: Point): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0])
}
