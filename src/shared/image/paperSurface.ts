import { histogramOf, percentile } from './histogram'
import { fitQuadratic, quadraticAt, type SurfaceSample } from './quadraticSurface'
import type { Raster } from './raster'

/** Blocks per side that the paper's brightness is sampled by. */
const blocks = 12
/** Differences of the paper up to this many grey levels are left to the contrast stretch. */
const evenEnough = 10

/** One grey level where the light is even, else the six coefficients of a quadratic surface. */
export type Paper = number | readonly number[]

/**
 * The paper under the ink. Uneven light is modelled as a quadratic surface that is fitted to the paper alone (blocks far above it
 * are ink and drop out): it follows a lamp or a vignette, and cannot follow strokes. Small pictures are dense with ink
 * and lit evenly.
 */
export function paperOf(picture: Raster): Paper {
  const even = percentile(histogramOf(picture.pixels), 0.25)
  if (isSmall(picture)) return even
  const samples = blockSamples(picture, 0.4)
  const levels = samples.map((sample) => sample.level).sort((first, second) => first - second)
  const spread = (levels[levels.length >> 1] ?? 0) - (levels[Math.floor(levels.length / 20)] ?? 0)
  return spread < evenEnough ? even : fitPaper(samples, even, (miss) => miss)
}

/**
 * The picture in even light, around a middle of 128, whichever of ink and paper is the lighter one: the surface is fitted to most
 * of the picture, and what lies far from it on either side is left out.
 */
export function evenedOut(picture: Raster): Uint8Array {
  const { width, height, pixels } = picture
  if (isSmall(picture)) return pixels
  const samples = blockSamples(picture, 0.5)
  const levels = samples.map((sample) => sample.level).sort((first, second) => first - second)
  const spread =
    (levels[Math.floor(0.9 * levels.length)] ?? 0) - (levels[Math.floor(0.1 * levels.length)] ?? 0)
  if (spread < evenEnough) return pixels
  const surface = fitPaper(samples, null, Math.abs)
  if (surface === null) return pixels
  const even = new Uint8Array(pixels.length)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const level = (pixels[at] ?? 0) - levelAt(surface, (x + 0.5) / width, (y + 0.5) / height) + 128
      even[at] = Math.max(0, Math.min(255, Math.round(level)))
    }
  }
  return even
}

/** Grey level of the paper; u and v run from 0 to 1 over the picture. */
export function levelAt(paper: Paper, u: number, v: number): number {
  return typeof paper === 'number' ? paper : quadraticAt(paper, u, v)
}

function isSmall({ width, height }: Raster): boolean {
  return width < 4 * blocks || height < 4 * blocks
}

/** Fits, drops the samples that `distance` puts far from the fit, and fits again. */
function fitPaper<T extends Paper | null>(
  samples: readonly SurfaceSample[],
  start: T,
  distance: (miss: number) => number,
): T | readonly number[] {
  let kept = samples
  let surface: T | readonly number[] = start
  for (let round = 0; round < 6; round++) {
    const coefficients = fitQuadratic(kept)
    if (coefficients === null) return surface
    surface = coefficients
    const missOf = ({ u, v, level }: SurfaceSample): number => level - quadraticAt(coefficients, u, v)
    const misses = kept.map((sample) => Math.abs(missOf(sample))).sort((first, second) => first - second)
    const limit = Math.max(4, 1.5 * (misses[misses.length >> 1] ?? 0))
    const next = samples.filter((sample) => distance(missOf(sample)) < limit)
    if (next.length < samples.length / 4) return surface
    kept = next
  }
  return surface
}

function blockSamples({ width, height, pixels }: Raster, share: number): SurfaceSample[] {
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
      const level = percentile(histogram, share)
      samples.push({ u: (column + 0.5) / blocks, v: (row + 0.5) / blocks, level })
    }
  }
  return samples
}
