import sharp from 'sharp'
import { distanceToMask } from '../../../shared/image/distanceTransform'
import type { Ink, Point } from '../../../shared/ink/ink'
import { skeletonStrokes } from './skeletonStrokes'
import { thin } from './thin'

/** The outline of a character as an SVG path in the font's units, y upwards. */
export interface Outline {
  readonly path: string
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Pixels of the longer side of the picture that is thinned. */
const side = 120
const frame = 4
/** Every so many pixels of a skeleton become one point, the mean of those around it. */
const step = 3

/**
 * The way a pen would go to write a printed character: the middle lines of its outline. Strokes run from the upper left, and
 * follow one another from the top left to the bottom right, as a font tells of no other order.
 *
 * @returns ink in pixels, y downwards; null where the outline holds nothing
 */
export async function glyphInk(outline: Outline): Promise<Ink | null> {
  const { minX, minY, maxX, maxY, path } = outline
  const longer = Math.max(maxX - minX, maxY - minY)
  if (!(longer > 0 && Number.isFinite(longer))) return null
  const unit = longer / side
  const width = Math.ceil((maxX - minX) / unit) + 2 * frame
  const height = Math.ceil((maxY - minY) / unit) + 2 * frame
  const viewBox = [minX - frame * unit, -maxY - frame * unit, width * unit, height * unit].join(' ')
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${viewBox}">` +
    `<path transform="scale(1,-1)" d="${path}"/></svg>`
  const grey = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const mask = Uint8Array.from(grey, (value) => (value < 128 ? 1 : 0))
  const paper = mask.map((value) => 1 - value)
  const halfWidth = distanceToMask(paper, width, height)
  thin(mask, width)
  const strokes = skeletonStrokes(mask, halfWidth, width).map(smooth)
  return strokes.length === 0 ? null : inOrder(strokes)
}

/** The steps of pixels smoothed out, with a point every few pixels and one at each end. */
function smooth(pixels: readonly Point[]): Point[] {
  const last = pixels.length - 1
  const count = Math.max(1, Math.round(last / step))
  if (last === 0) return [...pixels]
  return Array.from({ length: count + 1 }, (_, i): Point => {
    const middle = Math.round((i * last) / count)
    const reach = Math.min(step, middle, last - middle)
    const near = pixels.slice(middle - reach, middle + reach + 1)
    const mean = (axis: 0 | 1): number => near.reduce((sum, point) => sum + point[axis], 0) / near.length
    return [mean(0), mean(1)]
  })
}

function inOrder(strokes: readonly Point[][]): Ink {
  const place = ([x, y]: Point): number => x + 2 * y
  const placeOf = (stroke: readonly Point[]): number => place(stroke[0] ?? [0, 0])
  return strokes
    .map((stroke) => (placeOf(stroke) > place(stroke.at(-1) ?? [0, 0]) ? stroke.toReversed() : stroke))
    .sort((first, second) => placeOf(first) - placeOf(second))
}
