import type { Ink, Point } from '../../shared/ink/ink'

type Place = readonly [x: number, y: number]

const pointsBetween = 10

/** A 3 in one stroke, and a 7 with so short a bar that it might be a 1; about 100 units high, y downwards. */
export const demoInk = {
  three: inkThrough([
    [8, 14],
    [32, 0],
    [50, 18],
    [24, 46],
    [52, 62],
    [44, 92],
    [18, 100],
    [0, 88],
  ]),
  doubtful: inkThrough([
    [14, 20],
    [26, 12],
    [40, 4],
    [38, 36],
    [32, 68],
    [28, 100],
  ]),
} satisfies Record<string, Ink>

/** A stroke through places, as a Catmull-Rom spline goes (Catmull and Rom, 1974). */
function inkThrough(places: readonly Place[]): Ink {
  const at = (i: number): Place => places[Math.min(Math.max(i, 0), places.length - 1)] ?? [0, 0]
  const points: Point[] = []
  for (let i = 0; i < places.length - 1; i++) {
    for (let step = 0; step < pointsBetween; step++) {
      const share = step / pointsBetween
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
      points.push([spline(a[0], b[0], c[0], d[0], share), spline(a[1], b[1], c[1], d[1], share)])
    }
  }
  const [x, y] = at(places.length - 1)
  return [[...points, [x, y]]]
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
}
