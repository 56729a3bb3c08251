import type { Ink } from './ink'

/** Points along the pen's way, in the writing's own measure, y downwards from its middle. */
export interface TracePoint {
  readonly x: number
  readonly y: number
  /** Whether the pen came here through the air. */
  readonly lifted: boolean
}

/** Points at even distances along each stroke, its first and last among them. Where they would be too many they lie farther apart. */
export function tracePoints(ink: Ink, step: number, most: number): TracePoint[] {
  const lengths = ink.map(strokeLengths)
  const total = lengths.reduce((sum, along) => sum + (along.at(-1) ?? 0), 0)
  const evenStep = Math.max(step, total / Math.max(1, most - 2 * ink.length))
  return ink
    .flatMap((stroke, at) => {
      const along = lengths[at] ?? []
      const length = along.at(-1) ?? 0
      const count = length > 0 ? Math.max(2, Math.round(length / evenStep) + 1) : Math.min(1, stroke.length)
      let behind = 0
      return Array.from({ length: count }, (_, i): TracePoint => {
        const place = count > 1 ? (length * i) / (count - 1) : 0
        while (behind < stroke.length - 2 && (along[behind + 1] ?? 0) < place) behind++
        const [x0 = 0, y0 = 0] = stroke[behind] ?? []
        const [x1 = x0, y1 = y0] = stroke[behind + 1] ?? []
        const gap = (along[behind + 1] ?? 0) - (along[behind] ?? 0)
        const share = gap > 0 ? Math.min(1, (place - (along[behind] ?? 0)) / gap) : 0
        return { x: x0 + share * (x1 - x0), y: y0 + share * (y1 - y0), lifted: i === 0 }
      })
    })
    .slice(0, most)
}

/** How far along the stroke each of its points lies. */
function strokeLengths(stroke: Ink[number]): number[] {
  let length = 0
  return stroke.map(([x, y], at) => {
    const [fromX, fromY] = stroke[at - 1] ?? [x, y]
    return (length += Math.hypot(x - fromX, y - fromY))
  })
}
