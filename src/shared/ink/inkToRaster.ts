import { createRaster, type Raster } from '../image/raster'
import type { ModelInput } from '../model/modelSpec'
import { drawStrokes } from './drawStrokes'
import type { Ink } from './ink'
import { inkToTrace } from './inkToTrace'
import { placeInk } from './placeInk'

/**
 * The one rasteriser: training, recognition and the preview of what the model sees all draw ink by it. It is MNIST's recipe
 * (LeCun et al. 1998, section III.A: aspect kept, fit in 20x20, centre of mass at the centre of 28x28) with the numbers
 * of the model's own input, and does not depend on the ink's unit, place or density of points.
 *
 * A network of words sees the trace of the ink in its place.
 *
 * @returns a raster of `input.width` x `input.height`, ink 255; empty for ink without a point.
 */
export function inkToRaster(ink: Ink, input: ModelInput): Raster {
  const { width, height } = input
  if (input.trace) return inkToTrace(ink, input)
  const raster = createRaster(width, height)
  const placement = placeInk(ink, input)
  if (placement === null) return raster
  const coverage = new Float32Array(width * height)
  drawStrokes(ink, placement, input.raster.penWidth, coverage, width, height)
  for (let i = 0; i < coverage.length; i++) raster.pixels[i] = Math.round(255 * (coverage[i] ?? 0))
  return raster
}
