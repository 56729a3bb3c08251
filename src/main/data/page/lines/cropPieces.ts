import { distanceToMask } from '../../../../shared/image/distanceTransform'
import { createRaster, type Raster } from '../../../../shared/image/raster'
import type { PagePiece, PagePieces } from './pagePiece'

/** A stroke's soft edge lies outside of its piece, this far at most; the paper's grain lies farther. In pixels. */
const softEdge = 2

/** The ink of some pieces alone, ink high, with a margin; of the page's own pixels. @param pieces one at least */
export function cropPieces({ levels, owner, strokeWidth }: PagePieces, pieces: readonly PagePiece[]): Raster {
  const ids = new Set(pieces.map(({ id }) => id))
  const left = Math.min(...pieces.map(({ bounds }) => bounds.left))
  const top = Math.min(...pieces.map(({ bounds }) => bounds.top))
  const right = Math.max(...pieces.map(({ bounds }) => bounds.left + bounds.width))
  const bottom = Math.max(...pieces.map(({ bounds }) => bounds.top + bounds.height))
  const margin = Math.ceil(Math.max(4, strokeWidth))
  const picture = createRaster(right - left + 2 * margin, bottom - top + 2 * margin)
  const mask = new Uint8Array(picture.pixels.length)
  const foreign = new Uint8Array(picture.pixels.length)
  for (let y = 0; y < picture.height; y++) {
    const row = top - margin + y
    if (row < 0 || row >= levels.height) continue
    for (let x = 0; x < picture.width; x++) {
      const column = left - margin + x
      if (column < 0 || column >= levels.width) continue
      const from = row * levels.width + column
      const to = y * picture.width + x
      picture.pixels[to] = levels.pixels[from] ?? 0
      const own = owner[from] ?? 0
      if (ids.has(own)) mask[to] = 1
      else if (own !== 0) foreign[to] = 1
    }
  }
  const distance = distanceToMask(mask, picture.width, picture.height)
  const pixels = picture.pixels.map((value, at) =>
    foreign[at] === 0 && (distance[at] ?? 0) <= softEdge ? value : 0,
  )
  return { ...picture, pixels }
}
