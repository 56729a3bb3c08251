import { histogramOf, otsuThreshold, percentile } from './histogram'
import { fitQuadratic, quadraticAt, type SurfaceSample } from './quadraticSurface'
import type { Raster } from './raster'
import type { Plane } from './resample'

/** Blocks per side that the paper's brightness is sampled by. */
const blocks = 12
/** Differences of the paper up to this many grey levels are left to the contrast stretch. */
const evenEnough = 10

/**
 * Takes the paper away and stretches what is left: paper 0, full ink 1. Uneven light is modelled as a quadratic surface that is
 * fitted to the paper alone (blocks far above it are ink and drop out), which follows a lamp or a vignette and cannot
 * follow strokes. Null for a picture without ink.
 */
export function flattenPaper(picture: Raster): Plane | null {
  const { width, height } = picture
  const above = abovePaper(picture)
  const histogram = histogramOf(above)
  const threshold = otsuThreshold(histogram)
  const paperPart = histogram.map((count, value) => (value <= threshold ? count : 0))
  const inkPart = histogram.map((count, value) => (value > threshold ? count : 0))
  // The paper's own grain; the limit spares the soft edges of clean strokes.
  const grain = Math.min(2 * percentile(paperPart, 0.8), threshold / 2)
  const full = percentile(inkPart, 0.75)
  const contrast = full - grain
  // Noise parts in two near its middle; ink that is as faint as noise would cover far less than that.
  const inkShare = sum(inkPart) / above.length
  if (contrast < 12 || (full < 60 && inkShare > 0.3)) return null
  const values = new Float32Array(above.length)
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.min(1, Math.max(0, ((above[i] ?? 0) - grain) / contrast))
  }
  return { width, height, values }
}

function sum(histogram: Uint32Array): number {
  return histogram.reduce((total, count) => total + count, 0)
}

/** How far each pixel lies above the paper, in grey levels. */
function abovePaper(picture: Raster): Uint8Array {
  const { width, height, pixels } = picture
  const paper = paperSurface(picture)
  const above = new Uint8Array(pixels.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const level =
        typeof paper === 'number' ? paper : quadraticAt(paper, (x + 0.5) / width, (y + 0.5) / height)
      above[at] = Math.max(0, Math.round((pixels[at] ?? 0) - level))
    }
  }
  return above
}

/** One grey level where the light is even, else the coefficients of a surface. */
type Paper = number | readonly number[]

function paperSurface(picture: Raster): Paper {
  const even = percentile(histogramOf(picture.pixels), 0.25)
  if (picture.width < 4 * blocks || picture.height < 4 * blocks) {
    return middleOfPaper(picture)
  }
  const samples = blockSamples(picture)
  const levels = samples.map((sample) => sample.level).sort((first, second) => first - second)
  const spread = (levels[Math.floor(levels.length / 2)] ?? 0) - (levels[Math.floor(levels.length / 20)] ?? 0)
  if (spread < evenEnough) return even
  let kept = samples
  let surface: Paper = even
  for (let round = 0; round < 6; round++) {
    const coefficients = fitQuadratic(kept)
    if (coefficients === null) return surface
    surface = coefficients
    const missOf = (sample: SurfaceSample): number =>
      sample.level - quadraticAt(coefficients, sample.u, sample.v)
    const misses = kept.map((sample) => Math.abs(missOf(sample))).sort((first, second) => first - second)
    const limit = Math.max(4, 1.5 * (misses[Math.floor(misses.length / 2)] ?? 0))
    const next = samples.filter((sample) => missOf(sample) < limit)
    if (next.length < samples.length / 4) return surface
    kept = next
  }
  return surface
}

/** A small picture is dense with ink and evenly lit: what is not ink by its histogram is paper. */
function middleOfPaper(picture: Raster): number {
  const histogram = histogramOf(picture.pixels)
  const threshold = otsuThreshold(histogram)
  return percentile(
    histogram.map((count, value) => (value <= threshold ? count : 0)),
    0.5,
  )
}

function blockSamples({ width, height, pixels }: Raster): SurfaceSample[] {
  const samples: SurfaceSample[] = []
  for (let row = 0; row < blocks; row++) {
    for (let column = 0; column < blocks; column++) {
      const histogram = new Uint32Array(256)
      const bottom = Math.floor(((row + 1) * height) / blocks)
      const right = Math.floor(((column + 1) * width) / blocks)
      for (let y = Math.floor((row * height) / blocks); y < bottom; y++) {
        for (let x = Math.floor((column * width) / blocks); x < right; x++) {
          const value = pixels[y * width + x] ?? 0
          histogram[value] = (histogram[value] ?? 0) + 1
        }
      }
      const level = percentile(histogram, 0.4)
      samples.push({ u: (column + 0.5) / blocks, v: (row + 0.5) / blocks, level })
    }
  }
  return samples
}
