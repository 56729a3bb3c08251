import type { Ink, Point } from './ink'

/** An affine map: `x' = xx·x + xy·y + x0` and `y' = yx·x + yy·y + y0`. */
export interface Affine {
  readonly xx: number
  readonly xy: number
  readonly x0: number
  readonly yx: number
  readonly yy: number
  readonly y0: number
}

/** Moves every point by `move`, which gets and gives x and y; times and pressures stay. */
export function mapInk(ink: Ink, move: (x: number, y: number) => readonly [number, number]): Ink {
  return ink.map((stroke) =>
    stroke.map((point): Point => {
      const [x, y] = move(point[0], point[1])
      if (point.length === 2) return [x, y]
      if (point.length === 3) return [x, y, point[2]]
      return [x, y, point[2], point[3]]
    }),
  )
}

export function transformInk(ink: Ink, map: Affine): Ink {
  return mapInk(ink, (x, y) => [map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0])
}
