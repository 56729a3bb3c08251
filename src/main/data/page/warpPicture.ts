import { createRaster, type Raster } from '../../../shared/image/raster'
import type { Homography } from './homography'

/**
 * Draws a picture anew, each pixel of the result interpolated where `toSource` says that it lies in the picture. Beyond its edges
 * the picture goes on as its edge is, so that no line appears there.
 */
export function warpPicture(source: Raster, toSource: Homography, width: number, height: number): Raster {
  const result = createRaster(width, height)
  const [a, b, c, d, e, f, g, h, i] = toSource
  const { pixels, width: wide, height: high } = source
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [middleX, middleY] = [x + 0.5, y + 0.5]
      const scale = g * middleX + h * middleY + i
      const u = within((a * middleX + b * middleY + c) / scale - 0.5, wide)
      const v = within((d * middleX + e * middleY + f) / scale - 0.5, high)
      const left = Math.floor(u)
      const top = Math.floor(v)
      const right = Math.min(left + 1, wide - 1)
      const upper = top * wide
      const lower = Math.min(top + 1, high - 1) * wide
      const [across, down] = [u - left, v - top]
      const above = (pixels[upper + left] ?? 0) * (1 - across) + (pixels[upper + right] ?? 0) * across
      const below = (pixels[lower + left] ?? 0) * (1 - across) + (pixels[lower + right] ?? 0) * across
      result.pixels[at] = Math.round(above * (1 - down) + below * down)
    }
  }
  return result
}

function within(value: number, size: number): number {
  return value > 0 ? Math.min(value, size - 1) : 0
}
