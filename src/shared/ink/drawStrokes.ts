import type { Ink } from './ink'

/** Where ink goes on a raster: `x' = scale·x + x0`, `y' = scale·y + y0`, in pixels from the top left corner. */
export interface InkPlacement {
  readonly scale: number
  readonly x0: number
  readonly y0: number
}

/**
 * Points nearer than this to the last drawn one add nothing that shows; leaving them out makes the picture independent of
 * the tablet's rate, and its cost too.
 */
const minimumStep = 0.2

/**
 * Draws anti-aliased, round-capped lines of `penWidth` pixels: a pixel's coverage is `clamp(penWidth / 2 - d + 0.5)`, d
 * being the distance of its centre to the nearest segment. Overlapping lines do not add up.
 *
 * @param coverage `width * height` values in 0..1, row by row; the larger of the old and the new one stays.
 */
export function drawStrokes(
  ink: Ink,
  placement: InkPlacement,
  penWidth: number,
  coverage: Float32Array,
  width: number,
  height: number,
): void {
  const { scale, x0, y0 } = placement
  for (const stroke of ink) {
    const last = stroke.length - 1
    let fromX = 0
    let fromY = 0
    for (let i = 0; i <= last; i++) {
      const point = stroke[i]
      if (point === undefined) continue
      const toX = scale * point[0] + x0
      const toY = scale * point[1] + y0
      if (i === 0) {
        if (last === 0) drawSegment(toX, toY, toX, toY, penWidth, coverage, width, height)
      } else {
        const near = Math.abs(toX - fromX) + Math.abs(toY - fromY) < minimumStep
        if (near && i < last) continue
        drawSegment(fromX, fromY, toX, toY, penWidth, coverage, width, height)
      }
      fromX = toX
      fromY = toY
    }
  }
}

function drawSegment(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  penWidth: number,
  coverage: Float32Array,
  width: number,
  height: number,
): void {
  const reach = penWidth / 2 + 0.5
  const left = Math.max(0, Math.ceil(Math.min(fromX, toX) - reach - 0.5))
  const right = Math.min(width - 1, Math.floor(Math.max(fromX, toX) + reach - 0.5))
  const top = Math.max(0, Math.ceil(Math.min(fromY, toY) - reach - 0.5))
  const bottom = Math.min(height - 1, Math.floor(Math.max(fromY, toY) + reach - 0.5))
  const alongX = toX - fromX
  const alongY = toY - fromY
  const squaredLength = alongX * alongX + alongY * alongY
  const inverse = squaredLength > 0 ? 1 / squaredLength : 0
  for (let y = top; y <= bottom; y++) {
    const dy = y + 0.5 - fromY
    for (let x = left; x <= right; x++) {
      const dx = x + 0.5 - fromX
      let share = (dx * alongX + dy * alongY) * inverse
      share = share < 0 ? 0 : share > 1 ? 1 : share
      const offX = dx - share * alongX
      const offY = dy - share * alongY
      const squared = offX * offX + offY * offY
      if (squared >= reach * reach) continue
      const covered = Math.min(1, reach - Math.sqrt(squared))
      const at = y * width + x
      if (covered > (coverage[at] ?? 1)) coverage[at] = covered
    }
  }
}
