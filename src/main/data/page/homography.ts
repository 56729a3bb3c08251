import { solveLinear } from '../../../shared/image/solveLinear'

export interface Place {
  readonly x: number
  readonly y: number
}

/** A projective map of the plane: `[x', y', w'] = M [x, y, 1]`, row by row, then divided by w'. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number]

export function apply(map: Homography, { x, y }: Place): Place {
  const [a, b, c, d, e, f, g, h, i] = map
  const scale = g * x + h * y + i
  return { x: (a * x + b * y + c) / scale, y: (d * x + e * y + f) / scale }
}

/** The map that brings each of four places to its partner; null where three of them lie on a line. */
export function mapFourPlaces(from: readonly Place[], to: readonly Place[]): Homography | null {
  const rows: number[][] = []
  from.forEach(({ x, y }, at) => {
    const { x: u, y: v } = to[at] ?? { x: 0, y: 0 }
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v])
  })
  const solved = solveLinear(rows)
  if (solved === null) return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solved
  return [a, b, c, d, e, f, g, h, 1]
}

/** The turn by some degrees (clockwise, y running down) around `middle`, which comes to `target`. */
export function turnAround(degrees: number, middle: Place, target: Place): Homography {
  const angle = (degrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const x = target.x - (cosine * middle.x - sine * middle.y)
  const y = target.y - (sine * middle.x + cosine * middle.y)
  return [cosine, -sine, x, sine, cosine, y, 0, 0, 1]
}
