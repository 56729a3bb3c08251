import type { Ink, Point } from '../../shared/ink/ink'

/** Ink with a time for every point, from 0 on. */
export interface InkTimeline {
  readonly strokes: readonly (readonly { readonly point: Point; readonly atMs: number }[])[]
  readonly durationMs: number
}

/** Where the ink tells no times: so fast is a hand, in sides of the ink's box a second. */
const sidesPerSecond = 1.5
/** The pen in the air, where nothing is known of it, and at most where it rested for long. */
const liftMs = 150
const longestLiftMs = 600

/** Lays ink out in time as it was written; long rests between strokes are cut short. */
export function createTimeline(ink: Ink): InkTimeline {
  const side = longerSide(ink)
  let nowMs = 0
  let lastMs: number | null = null
  const strokes = ink.map((stroke) => {
    let before: Point | null = null
    return stroke.map((point) => {
      nowMs += before === null ? pause(point, lastMs, nowMs) : travel(before, point, side)
      before = point
      lastMs = point[2] ?? null
      return { point, atMs: nowMs }
    })
  })
  return { strokes, durationMs: nowMs }
}

function pause(point: Point, lastMs: number | null, nowMs: number): number {
  if (nowMs === 0 && lastMs === null) return 0
  const rested = lastMs === null || point[2] === undefined ? liftMs : point[2] - lastMs
  return Math.min(longestLiftMs, Math.max(0, rested))
}

function travel(from: Point, to: Point, side: number): number {
  if (from[2] !== undefined && to[2] !== undefined)
    return Math.min(longestLiftMs, Math.max(0, to[2] - from[2]))
  return (Math.hypot(to[0] - from[0], to[1] - from[1]) / side / sidesPerSecond) * 1000
}

function longerSide(ink: Ink): number {
  const xs = ink.flatMap((stroke) => stroke.map(([x]) => x))
  const ys = ink.flatMap((stroke) => stroke.map(([, y]) => y))
  return Math.max(span(xs), span(ys), 1e-9)
}

function span(values: readonly number[]): number {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  return most - least
}
