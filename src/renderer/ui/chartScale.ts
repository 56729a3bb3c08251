/** Steps that are easy to read, times a power of ten. */
const roundSteps = [1, 2, 2.5, 5, 10]

/**
 * Round numbers across a range, for the lines of a chart.
 * @param wanted about how many
 */
export function ticksOf(from: number, to: number, wanted: number): number[] {
  const rough = (to - from) / Math.max(1, wanted)
  if (!(rough > 0)) return [from]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (roundSteps.find((round) => round * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
}

/** At most so many points, evenly drawn from all and always with the last, so that long curves stay light. */
export function thinOut(points: readonly ChartPoint[], most: number): readonly ChartPoint[] {
  if (points.length <= most) return points
  const every = Math.ceil(points.length / most)
  return points.filter((_, i) => i % every === 0 || i === points.length - 1)
}
