import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import { blur } from './blur'
import { changeThickness } from './changeThickness'
import { cutOut } from './cutOut'
import { drawDistortion } from './drawDistortion'
import { elasticField } from './elasticField'

/**
 * Writes a randomly distorted copy of a raster: one inverse warp with bilinear sampling that holds rotation, scale, shear,
 * perspective, shift and elastic distortion together, so that the picture is blurred only once; then the strokes grow or shrink, and a
 * square is wiped out.
 *
 * @param source `[height, width]`, ink 255
 * @param target `[height, width]`, overwritten; not the source
 */
export function augmentRaster(
  source: Uint8Array,
  target: Uint8Array,
  input: ModelInput,
  augmentation: Augmentation,
  random: Random,
): void {
  const { width, height } = input
  const distortion = drawDistortion(augmentation, Math.max(width, height) / 2, random)
  const { xx, xy, yx, yy, tiltX, tiltY, shiftX, shiftY } = distortion
  const { dx, dy } = elasticField(width, height, random.uniform(0, augmentation.elastic), random)
  const thickness = random.uniform(-augmentation.thickness, augmentation.thickness)
  const padded = padSource(source, width, height)
  const stride = width + 2
  // The warp runs backwards: from each pixel of the target to where it came from.
  const determinant = xx * yy - xy * yx
  const backXX = yy / determinant
  const backXY = -xy / determinant
  const backYX = -yx / determinant
  const backYY = xx / determinant
  const centreX = (width - 1) / 2
  const centreY = (height - 1) / 2
  for (let y = 0, at = 0; y < height; y++) {
    const offY = y - centreY - shiftY
    for (let x = 0; x < width; x++, at++) {
      const offX = x - centreX - shiftX
      // In the padded source, whose frame of paper takes whatever comes from outside.
      const near = 1 / (1 - tiltX * offX - tiltY * offY)
      let fromX = near * (backXX * offX + backXY * offY) + centreX + 1 + (dx[at] ?? 0)
      let fromY = near * (backYX * offX + backYY * offY) + centreY + 1 + (dy[at] ?? 0)
      fromX = fromX < 0 ? 0 : fromX > width ? width + 0.999 : fromX
      fromY = fromY < 0 ? 0 : fromY > height ? height + 0.999 : fromY
      const left = fromX | 0
      const top = fromY | 0
      const shareX = fromX - left
      const corner = top * stride + left
      const topLeft = padded[corner] ?? 0
      const bottomLeft = padded[corner + stride] ?? 0
      const upper = topLeft + ((padded[corner + 1] ?? 0) - topLeft) * shareX
      const lower = bottomLeft + ((padded[corner + stride + 1] ?? 0) - bottomLeft) * shareX
      target[at] = steeper[(upper + (lower - upper) * (fromY - top) + 0.5) | 0] ?? 0
    }
  }
  changeThickness(target, width, height, thickness)
  blur(target, width, height, augmentation.blur, random)
  cutOut(target, width, height, augmentation.cutout, random)
}

/** Bilinear sampling softens every edge a little; a steeper middle tone gives that back. */
const steepness = 1.25
const steeper = Uint8Array.from({ length: 256 }, (_, value) =>
  Math.max(0, Math.min(255, Math.round(127.5 + steepness * (value - 127.5)))),
)

let padded = new Uint8Array(0)
let paddedFor = { width: 0, height: 0 }

/** The source in a frame of one pixel of paper; the result is overwritten by the next call. */
function padSource(source: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width + 2
  if (paddedFor.width !== width || paddedFor.height !== height) {
    padded = new Uint8Array(stride * (height + 2))
    paddedFor = { width, height }
  }
  for (let y = 0, from = 0; y < height; y++) {
    const to = (y + 1) * stride + 1
    for (let x = 0; x < width; x++, from++) padded[to + x] = source[from] ?? 0
  }
  return padded
}
