import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'

/**
 * A linear map about the centre (`x' = xx·x + xy·y`, `y' = yx·x + yy·y`), a perspective that divides it by
 * `1 + tiltX·x' + tiltY·y'`, and a shift in pixels.
 */
export interface Distortion {
  readonly xx: number
  readonly xy: number
  readonly yx: number
  readonly yy: number
  /** Per pixel. */
  readonly tiltX: number
  readonly tiltY: number
  readonly shiftX: number
  readonly shiftY: number
}

/**
 * Draws rotation, scale per axis, slope, shear and shift within the limits: scale first, then slope, shear and rotation.
 * @param reach pixels from the centre to the edge, where the perspective has its full effect
 */
export function drawDistortion(augmentation: Augmentation, reach: number, random: Random): Distortion {
  const both = (limit: number): number => random.uniform(-limit, limit)
  const angle = (both(augmentation.rotation) * Math.PI) / 180
  const scaleX = 1 + both(augmentation.scale)
  const scaleY = 1 + both(augmentation.scale)
  const shear = both(augmentation.shear)
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  const [shiftX, shiftY] = [both(augmentation.shift), both(augmentation.shift)]
  // What is 0 draws no number, so that recipes from before it was there give what they gave.
  const [tiltX, tiltY] =
    augmentation.perspective > 0
      ? [both(augmentation.perspective) / reach, both(augmentation.perspective) / reach]
      : [0, 0]
  const slope = augmentation.slope > 0 ? both(augmentation.slope) : 0
  const [slantX, slantY] = [cosine * shear - sine, sine * shear + cosine]
  return {
    xx: (cosine + slantX * slope) * scaleX,
    xy: slantX * scaleY,
    yx: (sine + slantY * slope) * scaleX,
    yy: slantY * scaleY,
    shiftX,
    shiftY,
    tiltX,
    tiltY,
  }
}
