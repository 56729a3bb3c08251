import { histogramOf, otsuThreshold } from './histogram'
import type { Raster } from './raster'

/**
 * True where a picture is dark ink on light paper: most of its border, and most of it, is light. The border counts twice, as
 * a heavy character may cover more than half of the middle.
 */
export function isDarkOnLight(picture: Raster): boolean {
  const { width, height, pixels } = picture
  const threshold = otsuThreshold(histogramOf(pixels))
  let light = 0
  let lightOnBorder = 0
  for (let y = 0, at = 0; y < height; y++) {
    const edgeRow = y === 0 || y === height - 1
    for (let x = 0; x < width; x++, at++) {
      if ((pixels[at] ?? 0) <= threshold) continue
      light++
      if (edgeRow || x === 0 || x === width - 1) lightOnBorder++
    }
  }
  const border = width < 3 || height < 3 ? width * height : 2 * (width + height) - 4
  return (2 * lightOnBorder) / border + light / (width * height) > 1.5
}

/** The same picture with light and dark exchanged. */
export function invert(picture: Raster): Raster {
  return { ...picture, pixels: picture.pixels.map((value) => 255 - value) }
}
