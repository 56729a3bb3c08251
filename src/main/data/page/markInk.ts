import { findComponents } from '../../../shared/image/components'
import { above, countOf, histogramOf, otsuThreshold, percentile } from '../../../shared/image/histogram'
import type { Raster } from '../../../shared/image/raster'

/** Levels between the paper's grain and full ink below which there is no ink. */
const leastContrast = 12
/** Levels farther above the paper than this many deviations of its grain are ink, as in flattenPaper. */
const inkDeviations = 5.5
/** Shares of full ink: what is above the lower one is ink where it hangs together with something above the upper one. */
const weak = 0.42
const strong = 0.6

/** A page's ink. */
export interface InkMask {
  /** `[height, width]`, 1 where there is ink. */
  readonly mask: Uint8Array
  /** Mean width of its strokes in pixels; 0 without ink. */
  readonly strokeWidth: number
}

/**
 * Parts ink from paper by two thresholds (Canny's hysteresis), so that a stroke's faint end stays with it and grain does not
 * become ink. @param levels see inkLevels.ts
 */
export function markInk({ width, height, pixels }: Raster): InkMask {
  const mask = new Uint8Array(pixels.length)
  const histogram = histogramOf(pixels)
  const paper = percentile(histogram, 0.25)
  const grain = paper - percentile(histogram, 0.05)
  const inkFrom = paper + inkDeviations * grain
  const ink = above(histogram, inkFrom)
  if (countOf(ink) === 0) return { mask, strokeWidth: 0 }
  const full = percentile(above(ink, otsuThreshold(ink)), 0.75)
  if (full - inkFrom < leastContrast) return { mask, strokeWidth: 0 }
  const least = Math.max(inkFrom, paper + weak * (full - paper))
  const enough = Math.max(inkFrom, paper + strong * (full - paper))
  const candidates = pixels.map((value) => (value > least ? 1 : 0))
  const { owner, list } = findComponents(candidates, width, height)
  const sure = new Uint8Array(list.length + 1)
  owner.forEach((own, at) => {
    if (own !== 0 && (pixels[at] ?? 0) >= enough) sure[own] = 1
  })
  owner.forEach((own, at) => {
    if (own !== 0 && sure[own] === 1) mask[at] = 1
  })
  return { mask, strokeWidth: strokeWidthOf(mask, width, height) }
}

/** Twice the area by the length of the edge, as in findInk. */
function strokeWidthOf(mask: Uint8Array, width: number, height: number): number {
  let area = 0
  let edge = 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (mask[at] === 0) continue
      area++
      if (x === 0 || mask[at - 1] === 0) edge++
      if (x === width - 1 || mask[at + 1] === 0) edge++
      if (y === 0 || mask[at - width] === 0) edge++
      if (y === height - 1 || mask[at + width] === 0) edge++
    }
  }
  return edge === 0 ? 0 : (2 * area) / (edge * (Math.PI / 4))
}
