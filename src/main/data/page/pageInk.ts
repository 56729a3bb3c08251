import type { Raster } from '../../../shared/image/raster'
import { inkLevels } from './inkLevels'
import { markInk, type InkMask } from './markInk'

/** What is ink on a page, and how dark. */
export interface PageInk extends InkMask {
  /** See inkLevels.ts. */
  readonly levels: Raster
}

/** Widths of a stroke that the paper is looked for over. */
const reachInStrokes = 8
const reach = { least: 15, most: 255 } as const

/**
 * Finds the ink of a page, whatever the light on it. How far the paper is looked for is found from the strokes' own width, in a
 * second look.
 *
 * @param page dark on light, as bright as it is in the picture
 */
export function findPageInk(page: Raster): PageInk {
  const start = bounded(Math.min(page.width, page.height) / 12)
  const first = look(page, start)
  if (first.strokeWidth === 0) return first
  const better = bounded(reachInStrokes * first.strokeWidth)
  return better > start * 0.7 && better < start * 1.4 ? first : look(page, better)
}

function look(page: Raster, side: number): PageInk {
  const levels = inkLevels(page, side)
  return { ...markInk(levels), levels }
}

const bounded = (side: number): number => Math.round(Math.max(reach.least, Math.min(reach.most, side)))
