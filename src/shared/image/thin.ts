import { distanceToMask } from './distanceTransform'
import { inkAt } from './findInk'
import { resample, type Plane } from './resample'

/** A stroke is as many pixels wide at least where it is thinned: fewer leave no room for fractions of one. */
const fineStroke = 9

/**
 * The picture with every stroke narrower by `radius` pixels on either side, its new edge soft: what lies nearer than that to
 * paper goes. A picture of few pixels is thinned at several times its size, or it would lose whole pixels at once, and stays so.
 *
 * @param strokeWidth of the picture's strokes, in its pixels; wider than twice the radius
 * @returns the thinned picture, `factor` times as large
 */
export function thin(picture: Plane, strokeWidth: number, radius: number): { plane: Plane; factor: number } {
  const factor = Math.max(1, Math.ceil(fineStroke / strokeWidth))
  const [width, height] = [picture.width * factor, picture.height * factor]
  const fine = resample(picture, width, height, factor, 0, 0)
  const ink = Uint8Array.from(fine.values, (value) => (value < inkAt ? 0 : 1))
  const toPaper = distanceToMask(
    ink.map((one) => 1 - one),
    width,
    height,
  )
  const toInk = distanceToMask(ink, width, height)
  fine.values.forEach((_, at) => {
    // From the edge, which lies half a pixel before the first one beyond it; positive within the stroke.
    const depth = ((toPaper[at] ?? 0) - (toInk[at] ?? 0)) / factor
    fine.values[at] = Math.min(1, Math.max(0, depth - radius + 0.5))
  })
  return { plane: fine, factor }
}
