import { histogramOf, otsuThreshold, percentile } from './histogram'
import { evenedOut } from './paperSurface'
import type { Raster } from './raster'

/** Of 3 votes (2 of the border, 1 of the whole), more for light paper than the first, or fewer than the second, decide. */
const lightVotes = 2.1
const darkVotes = 0.9

/**
 * True where a picture is dark ink on light paper: most of its border, and most of it, is light. The border counts twice, as
 * a heavy character may cover more than half of the middle. Where that is no clear majority (thin ink on a grainy page,
 * whose grain alone is parted in two), ink is the longer tail of the brightness. Uneven light is taken out first.
 */
export function isDarkOnLight(picture: Raster): boolean {
  const levels = evenedOut(picture)
  const votes = votesForLightPaper(levels, picture.width, picture.height)
  if (votes > lightVotes) return true
  if (votes < darkVotes) return false
  const histogram = histogramOf(levels)
  const middle = percentile(histogram, 0.5)
  // 5.5 deviations of the grain: what lies farther out on one side is ink.
  const below = middle - 5.5 * (middle - percentile(histogram, 0.16))
  const above = middle + 5.5 * (percentile(histogram, 0.84) - middle)
  let balance = 0
  for (let value = 0; value < 256; value++) {
    const count = histogram[value] ?? 0
    if (value < below) balance += count * (middle - value)
    if (value > above) balance -= count * (value - middle)
  }
  return balance === 0 ? votes > 1.5 : balance > 0
}

function votesForLightPaper(levels: Uint8Array, width: number, height: number): number {
  const threshold = otsuThreshold(histogramOf(levels))
  let light = 0
  let lightOnBorder = 0
  for (let y = 0, at = 0; y < height; y++) {
    const edgeRow = y === 0 || y === height - 1
    for (let x = 0; x < width; x++, at++) {
      if ((levels[at] ?? 0) <= threshold) continue
      light++
      if (edgeRow || x === 0 || x === width - 1) lightOnBorder++
    }
  }
  const border = width < 3 || height < 3 ? width * height : 2 * (width + height) - 4
  return (2 * lightOnBorder) / border + light / (width * height)
}

/** The same picture with light and dark exchanged. */
export function invert(picture: Raster): Raster {
  return { ...picture, pixels: picture.pixels.map((value) => 255 - value) }
}
