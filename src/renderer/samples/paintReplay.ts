import { inkBounds } from '../../shared/ink/bounds'
import type { Ink, Point } from '../../shared/ink/ink'
import { paintStroke, type Pen } from '../pad/paintInk'
import type { InkTimeline } from './inkTimeline'

/** From the ink's units to a canvas's CSS pixels. */
export interface InkPlacement {
  readonly scale: number
  readonly x0: number
  readonly y0: number
}

/** Puts ink in the middle of a canvas, with some room around it. */
export function fitInk(ink: Ink, widthPx: number, heightPx: number): InkPlacement {
  const bounds = inkBounds(ink)
  if (!bounds) return { scale: 1, x0: 0, y0: 0 }
  const room = 0.7
  const scale = Math.min(
    (widthPx * room) / Math.max(bounds.width, 1e-9),
    (heightPx * room) / Math.max(bounds.height, 1e-9),
    // A dot has no side to fit.
    1e6,
  )
  return {
    scale,
    x0: widthPx / 2 - scale * (bounds.left + bounds.width / 2),
    y0: heightPx / 2 - scale * (bounds.top + bounds.height / 2),
  }
}

/** Paints what was written of ink up to a time. */
export function paintReplay(
  context: CanvasRenderingContext2D,
  timeline: InkTimeline,
  { scale, x0, y0 }: InkPlacement,
  pen: Pen,
  nowMs: number,
): void {
  for (const stroke of timeline.strokes) {
    const points = stroke
      .filter(({ atMs }) => atMs <= nowMs)
      .map(({ point: [x, y, , pressure] }): Point => [scale * x + x0, scale * y + y0, 0, pressure ?? 0.5])
    const hasPressure = stroke.some(({ point }) => point[3] !== undefined && point[3] !== 0.5)
    if (points.length > 0) paintStroke(context, { points, pressure: hasPressure }, pen, true)
  }
}
