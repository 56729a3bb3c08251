import type { Point } from '../../../shared/ink/ink'
import type { Random } from '../../../shared/random'

/** About `count` points of a curve that is given from 0, its start, to 1, its end. */
export function curve(count: number, at: (share: number) => Point): Point[] {
  const last = Math.ceil(count)
  return Array.from({ length: last + 1 }, (_, i) => at(i / last))
}

/** A line between two places that bends a little to one side. */
export function bow(random: Random, x0: number, y0: number, x1: number, y1: number): Point[] {
  const bend = random.normal(0, 0.1)
  return curve(12, (share) => {
    const side = 4 * share * (1 - share) * bend
    return [x0 + (x1 - x0) * share - (y1 - y0) * side, y0 + (y1 - y0) * share + (x1 - x0) * side]
  })
}
