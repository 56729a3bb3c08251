import { above, countOf, histogramOf, otsuThreshold, percentile } from './histogram'
import { levelAt, paperOf } from './paperSurface'
import type { Raster } from './raster'
import type { Plane } from './resample'

/** Grey levels between grain and ink below which there is no ink. */
const leastContrast = 12
/** Share of the ink that its strong part must have to count. */
const leastStrongShare = 0.1
/** Residuals are signed; the histogram's middle stands for 0. */
const zero = 256
/** Residuals farther above the paper than this many deviations of its grain are ink: chance puts no pixel there. */
const inkDeviations = 5.5

/**
 * Takes the paper away and stretches what is left: paper 0, full ink 1. The grain is measured on the low side, where there is no
 * ink, so that a hair line on a large noisy page counts as well as a bold character that fills its picture.
 *
 * @param picture ink high, paper on at least half of it
 * @returns null for a picture without ink
 */
export function flattenPaper(picture: Raster): Plane | null {
  const { width, height } = picture
  const values = withoutPaper(picture)
  const histogram = histogramOf(values, 2 * zero)
  const paper = percentile(histogram, 0.25)
  // For paper on half to all of the picture, these two percentiles are 0.97 to 1.2 deviations of its grain apart.
  const grain = paper - percentile(histogram, 0.05)
  const inkFrom = paper + inkDeviations * grain
  const ink = above(histogram, inkFrom)
  if (countOf(ink) === 0) return null
  // Soft edges and a compressor's ringing are above the paper too; full ink is the upper part of what is left, unless that
  // is a few bright specks on top of all the ink.
  const strong = above(ink, otsuThreshold(ink))
  const full = percentile(countOf(strong) < leastStrongShare * countOf(ink) ? ink : strong, 0.75)
  const contrast = full - inkFrom
  if (contrast < leastContrast) return null
  const floor = paper + 3 * grain - zero
  const scale = 1 / (full - zero - floor)
  for (let i = 0; i < values.length; i++) {
    const share = ((values[i] ?? 0) - zero - floor) * scale
    values[i] = share < 0 ? 0 : share > 1 ? 1 : share
  }
  return { width, height, values }
}

/** How far each pixel lies above the paper, in grey levels, plus `zero`. */
function withoutPaper({ width, height, pixels }: Raster): Float32Array {
  const paper = paperOf({ width, height, pixels })
  const values = new Float32Array(pixels.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      values[at] = (pixels[at] ?? 0) - levelAt(paper, (x + 0.5) / width, (y + 0.5) / height) + zero
    }
  }
  return values
}
