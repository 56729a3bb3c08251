import { createRaster, type Raster } from '../../../shared/image/raster'
import { close } from './closing'

/**
 * How much darker each pixel is than the paper around it: 0 paper, 255 black. The paper is the page without everything narrower
 * than `reach` pixels, so that shadows go, hard-edged ones too, whatever their depth: ink takes away a share of the light,
 * however much of it there is.
 *
 * @param page dark on light, as bright as it is in the picture
 */
export function inkLevels(page: Raster, reach: number): Raster {
  const even = blur(page)
  // With room around it, since squares that lie half beyond its edge count too.
  const paper = close(extend(even, reach), reach)
  const pixels = even.pixels.map((value, at) => {
    const x = at % page.width
    const y = (at - x) / page.width
    const light = paper.pixels[(y + reach) * paper.width + x + reach] ?? 0
    return light === 0 ? 0 : Math.round(255 * (1 - value / light))
  })
  return { ...page, pixels }
}

/** The page with its edges going on as they are for `margin` pixels. */
function extend({ width, height, pixels }: Raster, margin: number): Raster {
  const extended = createRaster(width + 2 * margin, height + 2 * margin)
  for (let y = 0; y < extended.height; y++) {
    const from = Math.max(0, Math.min(height - 1, y - margin)) * width
    const to = y * extended.width
    extended.pixels.fill(pixels[from] ?? 0, to, to + margin)
    extended.pixels.set(pixels.subarray(from, from + width), to + margin)
    extended.pixels.fill(pixels[from + width - 1] ?? 0, to + margin + width, to + extended.width)
  }
  return extended
}

/** Means of 3 x 3 pixels: the grain of a camera's picture would lift the closing, which goes by the brightest ones. */
function blur({ width, height, pixels }: Raster): Raster {
  const across = new Uint16Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const own = pixels[at] ?? 0
      across[at] =
        own + (x === 0 ? own : (pixels[at - 1] ?? 0)) + (x === width - 1 ? own : (pixels[at + 1] ?? 0))
    }
  }
  const result = new Uint8Array(pixels.length)
  for (let at = 0; at < pixels.length; at++) {
    const own = across[at] ?? 0
    const sum = own + (at < width ? own : (across[at - width] ?? 0)) + (across[at + width] ?? own)
    result[at] = Math.round(sum / 9)
  }
  return { width, height, pixels: result }
}
