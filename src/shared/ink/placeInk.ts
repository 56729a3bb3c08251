import type { ModelInput } from '../model/modelSpec'
import { inkBounds } from './bounds'
import { drawStrokes, type InkPlacement } from './drawStrokes'
import type { Ink } from './ink'

/**
 * Fits ink to a recipe: its longer side, pen width included, takes `box` pixels (see boxScale); the centre of mass of the drawn line is
 * put on the middle pixel (or the bounding box at the middle), as far as nothing leaves the raster by that. A dot has no
 * side to fit and keeps its pen's width. Null for ink without a point.
 */
export function placeInk(ink: Ink, input: ModelInput): InkPlacement | null {
  const bounds = inkBounds(ink)
  if (bounds === null) return null
  const { width, height, raster } = input
  const longer = Math.max(bounds.width, bounds.height)
  const isDot = longer <= 1e-9 * Math.max(Math.abs(bounds.left), Math.abs(bounds.top), 1e-6)
  const scale = isDot ? 1 : boxScale(bounds, raster, raster.penWidth)
  const boxed: InkPlacement = {
    scale,
    x0: width / 2 - scale * (bounds.left + bounds.width / 2),
    y0: height / 2 - scale * (bounds.top + bounds.height / 2),
  }
  if (raster.centre === 'box' || isDot) return boxed

  const coverage = new Float32Array(width * height)
  drawStrokes(ink, boxed, raster.penWidth, coverage, width, height)
  const [massX, massY] = centreOfMass(coverage, width, height)
  const [targetX, targetY] = massTarget(width, height)
  const slackX = Math.max((width - scale * bounds.width - raster.penWidth) / 2, 0)
  const slackY = Math.max((height - scale * bounds.height - raster.penWidth) / 2, 0)
  return {
    scale,
    x0: boxed.x0 + clamp(targetX - massX, slackX),
    y0: boxed.y0 + clamp(targetY - massY, slackY),
  }
}

/**
 * The factor that makes something fit into a recipe's box, or into what is left of it beside `margin`: its longer side is the box's,
 * or where the box has a height of its own, one side is and the other has room.
 */
export function boxScale(
  { width, height }: { readonly width: number; readonly height: number },
  { box, boxHeight = box }: ModelInput['raster'],
  margin = 0,
): number {
  const fit = (room: number, side: number): number =>
    side > 0 ? Math.max(room - margin, 1) / side : Infinity
  return Math.min(fit(box, width), fit(boxHeight, height))
}

/**
 * Where the centre of mass goes: the centre of the middle pixel. With an even side that is half a pixel past the middle; it is
 * what MNIST does (the mean over its training images is pixel 14.00 of 0..27, both ways).
 */
export function massTarget(width: number, height: number): readonly [number, number] {
  return [Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5]
}

function clamp(shift: number, slack: number): number {
  return Math.max(-slack, Math.min(slack, shift))
}

/** Centre of mass in pixels from the top left corner of the raster (a pixel's own centre lies at + 0.5). */
export function centreOfMass(
  values: Float32Array | Uint8Array,
  width: number,
  height: number,
): readonly [number, number] {
  let mass = 0
  let momentX = 0
  let momentY = 0
  for (let y = 0, at = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++, at++) {
      const value = values[at] ?? 0
      row += value
      momentX += value * x
    }
    mass += row
    momentY += row * y
  }
  if (mass === 0) return [width / 2, height / 2]
  return [momentX / mass + 0.5, momentY / mass + 0.5]
}
