import type { Ink } from '../../../shared/ink/ink'
import { inkBounds } from '../../../shared/ink/bounds'
import { drawStrokes } from '../../../shared/ink/drawStrokes'
import { boxScale, placeInk } from '../../../shared/ink/placeInk'
import { mapInk } from '../../../shared/ink/transformInk'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import { bendStrokes } from './bendStrokes'
import { blur } from './blur'
import { cutOut } from './cutOut'
import { drawDistortion } from './drawDistortion'
import { elasticField } from './elasticField'
import { drawProportions } from './proportions'

const thinnestPen = 0.8

/**
 * Bends the strokes themselves, then draws them: no picture is blurred, the pen's width changes without eating strokes, and
 * the recipe's fit and centring happen as they will in recognition. Size and shift change after the fit, which would
 * otherwise take them back.
 *
 * @param target `[height, width]`, overwritten, ink 255
 */
export function augmentInk(
  ink: Ink,
  target: Uint8Array,
  input: ModelInput,
  augmentation: Augmentation,
  random: Random,
): void {
  const { width, height } = input
  const penWidth = Math.max(
    thinnestPen,
    input.raster.penWidth + random.uniform(-augmentation.thickness, augmentation.thickness),
  )
  const distortion = drawDistortion(augmentation, input.raster.box / 2, random)
  const { xx, xy, yx, yy, tiltX, tiltY, shiftX, shiftY } = distortion
  const zoom = 1 + random.uniform(-augmentation.scale, augmentation.scale) / 2
  const elastic = elasticField(width, height, random.uniform(0, augmentation.elastic), random)
  const written = bendStrokes(ink, augmentation, random)
  const across = drawProportions(augmentation.proportions, input.raster.box / 2, random)
  const along = drawProportions(augmentation.proportions, input.raster.box / 2, random)
  const bounds = inkBounds(written)
  target.fill(0)
  if (bounds === null) return

  // To the raster's pixels about its centre, where the elastic field lives, and lengths are those of the recipe.
  const unit = boxScale(
    { width: Math.max(bounds.width, 1e-9), height: Math.max(bounds.height, 1e-9) },
    input.raster,
  )
  const middleX = bounds.left + bounds.width / 2
  const middleY = bounds.top + bounds.height / 2
  const bent = mapInk(written, (inkX, inkY) => {
    const x = across((inkX - middleX) * unit)
    const y = along((inkY - middleY) * unit)
    const at = nearestPixel(x, y, width, height)
    const toX = xx * x + xy * y
    const toY = yx * x + yy * y
    const far = 1 / Math.max(0.1, 1 + tiltX * toX + tiltY * toY)
    return [far * toX + (elastic.dx[at] ?? 0), far * toY + (elastic.dy[at] ?? 0)]
  })
  const placement = placeInk(bent, { ...input, raster: { ...input.raster, penWidth } })
  if (placement === null) return
  const coverage = new Float32Array(width * height)
  const scale = placement.scale * zoom
  const x0 = (placement.x0 - width / 2) * zoom + width / 2 + shiftX
  const y0 = (placement.y0 - height / 2) * zoom + height / 2 + shiftY
  drawStrokes(bent, { scale, x0, y0 }, penWidth, coverage, width, height)
  for (let i = 0; i < coverage.length; i++) target[i] = Math.round(255 * (coverage[i] ?? 0))
  blur(target, width, height, augmentation.blur, random)
  cutOut(target, width, height, augmentation.cutout, random)
}

function nearestPixel(x: number, y: number, width: number, height: number): number {
  const column = Math.max(0, Math.min(width - 1, Math.floor(x + width / 2)))
  const row = Math.max(0, Math.min(height - 1, Math.floor(y + height / 2)))
  return row * width + column
}
