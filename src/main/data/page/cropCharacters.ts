import { findComponents, type Components } from '../../../shared/image/components'
import { distanceToMask } from '../../../shared/image/distanceTransform'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import { createRaster, type Raster } from '../../../shared/image/raster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { findPageInk, type PageInk } from './pageInk'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is in one box of a page. */
export interface CroppedCharacter {
  /** Ink high, with a margin; of the page's own pixels. */
  readonly picture: Raster
  /** By the recipe; null where there is no ink in the box. */
  readonly raster: Raster | null
}

/** A piece with less than this share of its ink in a box belongs to the neighbour that reaches into it. */
const ownShare = 0.2

/** Takes characters out of a straightened page, each without what reaches in from its neighbours. @param page dark on light */
export function cropCharacters(page: Raster, boxes: readonly Box[], input: ModelInput): CroppedCharacter[] {
  const ink = findPageInk(page)
  const pieces = findComponents(ink.mask, page.width, page.height)
  return boxes.map((box) => {
    const picture = crop(ink, pieces, inside(box, page))
    if (picture === null) return { picture: createRaster(1, 1), raster: null }
    const raster = pictureToRaster(picture, input)
    return { picture, raster: raster.pixels.some((value) => value > 0) ? raster : null }
  })
}

function inside({ x, y, width, height }: Box, page: Raster): Box {
  const [left, top] = [Math.min(x, page.width), Math.min(y, page.height)]
  return {
    x: left,
    y: top,
    width: Math.min(width, page.width - left),
    height: Math.min(height, page.height - top),
  }
}

function crop({ levels, strokeWidth }: PageInk, pieces: Components, box: Box): Raster | null {
  const margin = Math.ceil(Math.max(4, strokeWidth))
  const own = ownPieces(pieces, box, levels.width)
  const picture = createRaster(box.width + 2 * margin, box.height + 2 * margin)
  const mask = new Uint8Array(picture.pixels.length)
  let hasInk = false
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const from = (box.y + y) * levels.width + box.x + x
      const to = (y + margin) * picture.width + x + margin
      picture.pixels[to] = levels.pixels[from] ?? 0
      if (!own.has(pieces.owner[from] ?? 0)) continue
      mask[to] = 1
      hasInk = true
    }
  }
  if (!hasInk) return null
  // A stroke's soft edge lies outside of the mask; the grain of the paper and the neighbours lie farther.
  const distance = distanceToMask(mask, picture.width, picture.height)
  const pixels = picture.pixels.map((value, at) => ((distance[at] ?? 0) <= 2 ? value : 0))
  return { ...picture, pixels }
}

function ownPieces({ owner, list }: Components, box: Box, stride: number): Set<number> {
  const areas = new Map<number, number>()
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let at = y * stride + box.x; at < y * stride + box.x + box.width; at++) {
      const piece = owner[at] ?? 0
      if (piece !== 0) areas.set(piece, (areas.get(piece) ?? 0) + 1)
    }
  }
  const own = [...areas].filter(([piece, area]) => area >= ownShare * (list[piece - 1]?.area ?? 0))
  return new Set(own.map(([piece]) => piece))
}
