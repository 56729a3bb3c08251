import { boxScale, centreOfMass, massTarget } from '../ink/placeInk'
import type { ModelInput } from '../model/modelSpec'
import { findInk, keepNear, thicken, type FoundInk } from './findInk'
import { flattenPaper } from './flattenPaper'
import { createRaster, type Raster } from './raster'
import { resample, type Plane } from './resample'
import { thin } from './thin'

/** Larger pictures are averaged down to this side first: a character's strokes stay wide enough to measure. */
const workingSide = 768
/** Strokes below this share of the recipe's pen width would fade when scaled down; they are thickened to it. */
const thinShare = 0.7
/**
 * What strokes are thinned to that are wider than the recipe allows, as of a felt pen or in a tiny picture, where they would fill what
 * lies between them: less than the pen's width, since the corners that remain make a thinned stroke look wider.
 */
const thinnedShare = 0.85
/** A picture of the input's own size that is nearly at the recipe's scale is only moved, by whole pixels. */
const recipeScale = { from: 0.9, to: 1.12 }

/**
 * Brings a picture of one character into the recipe's form, as inkToRaster does with ink: paper taken away, contrast
 * stretched, specks ignored, thin strokes thickened, the character averaged into the box and centred.
 *
 * @param picture ink high, of any size
 * @returns a raster of `input.width` x `input.height`; empty where no ink was found
 */
export function pictureToRaster(picture: Raster, input: ModelInput): Raster {
  const empty = createRaster(input.width, input.height)
  const flat = flattenPaper(averageDown(picture))
  const found = flat && findInk(flat)
  if (flat === null || found === null) return empty
  const own = flat.width === input.width && flat.height === input.height
  const { scale, radius } = fit(found, input, own)
  const clean = keepNear(flat, found.mask, Math.max(2, found.strokeWidth))
  const { plane, factor } = ofPen(clean, found, radius)
  const placed = place(plane, enlarged(found, factor), input, scale / factor)
  placed.values.forEach((value, at) => {
    empty.pixels[at] = Math.round(255 * Math.min(1, Math.max(0, value)))
  })
  return empty
}

function averageDown({ width, height, pixels }: Raster): Raster {
  const scale = workingSide / Math.max(width, height)
  if (scale >= 1) return { width, height, pixels }
  const source: Plane = { width, height, values: new Float32Array(pixels) }
  const [smallWidth, smallHeight] = [
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  ]
  const small = resample(source, smallWidth, smallHeight, scale, 0, 0)
  return { width: smallWidth, height: smallHeight, pixels: Uint8Array.from(small.values, Math.round) }
}

/** The character with strokes wider by `radius` on either side, or narrower where it is negative; `factor` times as large. */
function ofPen(
  clean: Plane,
  { mask, strokeWidth }: FoundInk,
  radius: number,
): { plane: Plane; factor: number } {
  if (radius < 0) return thin(clean, strokeWidth, -radius)
  return { plane: radius > 0 ? thicken(clean, mask, radius) : clean, factor: 1 }
}

/** Scale into the box, and by how many of the picture's pixels strokes grow (or, where negative, shrink) on either side. */
function fit(found: FoundInk, input: ModelInput, own: boolean): { scale: number; radius: number } {
  const { penWidth, widestPen = Infinity } = input.raster
  const longer = Math.max(found.width, found.height)
  const scale = boxScale(found, input.raster)
  if (own && scale >= recipeScale.from && scale <= recipeScale.to) return { scale: 1, radius: 0 }
  const drawn = found.strokeWidth * scale
  if ((drawn >= thinShare * penWidth && drawn <= widestPen) || longer <= 2 * found.strokeWidth) {
    return { scale, radius: 0 }
  }
  // The stroke takes room too: path and pen together fill the box.
  const path = { width: found.width - found.strokeWidth, height: found.height - found.strokeWidth }
  const pen = drawn > widestPen ? thinnedShare * penWidth : penWidth
  const penScale = boxScale(path, input.raster, pen)
  return { scale: penScale, radius: (pen / penScale - found.strokeWidth) / 2 }
}

type Extent = Pick<FoundInk, 'left' | 'top' | 'width' | 'height'>

const enlarged = ({ left, top, width, height }: Extent, factor: number): Extent => ({
  left: left * factor,
  top: top * factor,
  width: width * factor,
  height: height * factor,
})

function place(character: Plane, found: Extent, input: ModelInput, scale: number): Plane {
  const { width, height } = input
  const boxX = found.left + found.width / 2
  const boxY = found.top + found.height / 2
  const [fromX, fromY, toX, toY] =
    input.raster.centre === 'mass'
      ? [...centreOfMass(character.values, character.width, character.height), ...massTarget(width, height)]
      : [boxX, boxY, width / 2, height / 2]
  // Nothing of the character leaves the raster for the sake of its centre.
  const slackX = Math.max(width / scale - found.width, 0) / 2
  const slackY = Math.max(height / scale - found.height, 0) / 2
  const x = within(fromX - toX / scale, boxX - width / 2 / scale, slackX)
  const y = within(fromY - toY / scale, boxY - height / 2 / scale, slackY)
  if (scale === 1) return resample(character, width, height, 1, Math.round(x), Math.round(y))
  return resample(character, width, height, scale, x, y)
}

function within(value: number, middle: number, slack: number): number {
  return Math.max(middle - slack, Math.min(middle + slack, value))
}
