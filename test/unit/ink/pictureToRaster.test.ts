import { describe, expect, it } from 'vitest'
import { pictureToRaster } from '../../../src/shared/image/pictureToRaster'
import { invert, isDarkOnLight } from '../../../src/shared/image/polarity'
import type { Raster } from '../../../src/shared/image/raster'
import { Random } from '../../../src/shared/random'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { inkExtent, inkMass, massCentre, meanDifference } from '../../fixtures/data/rasterMeasures'
import { mnistTestSamples } from '../../fixtures/mnistSamples'

/** A stroke-like picture: a 7 of straight bars, ink high, on a page with a level of its own. */
function seven(size: number, pen: number, paper = (_x: number, _y: number): number => 0): Raster {
  const pixels = new Uint8Array(size * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const top = Math.abs(y - 0.3 * size) < pen / 2 && x > 0.3 * size && x < 0.7 * size
      const stem =
        y > 0.3 * size && y < 0.8 * size && Math.abs(x - (0.7 * size - (y - 0.3 * size) * 0.5)) < pen / 2
      pixels[y * size + x] = Math.min(255, Math.max(0, paper(x / size, y / size) + (top || stem ? 120 : 0)))
    }
  }
  return { width: size, height: size, pixels }
}

/** As the digits' own recipe, but for a model that never saw broad strokes. */
const finePen = { ...digitsInput, raster: { ...digitsInput.raster, widestPen: 3 } }

describe('the recipe of picture to raster', () => {
  it('leaves real MNIST images almost as they are', async () => {
    const samples = await mnistTestSamples(300)
    const differences = samples.map((sample) => meanDifference(sample, pictureToRaster(sample, digitsInput)))
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
    expect(mean).toBeLessThan(0.5)
  })

  it('brings an MNIST image back that was scaled up and put into a corner of a large page', async () => {
    const [sample] = await mnistTestSamples(1)
    if (sample === undefined) throw new Error('MNIST is empty')
    const page: Raster = { width: 400, height: 300, pixels: new Uint8Array(400 * 300) }
    for (let y = 0; y < 112; y++) {
      for (let x = 0; x < 112; x++) {
        page.pixels[(y + 170) * 400 + x + 20] = sample.pixels[(y >> 2) * 28 + (x >> 2)] ?? 0
      }
    }
    expect(meanDifference(pictureToRaster(page, digitsInput), sample)).toBeLessThan(12)
  })

  it('makes the longer side fill the box and centres the mass', () => {
    const raster = pictureToRaster(seven(200, 14), digitsInput)
    expect(inkExtent(raster).height).toBeGreaterThanOrEqual(19)
    expect(inkExtent(raster).height).toBeLessThanOrEqual(21)
    expect(massCentre(raster).x).toBeCloseTo(14, 0)
    expect(massCentre(raster).y).toBeCloseTo(14, 0)
  })

  it('thickens hair lines to about the width of the pen, so that they survive the scaling down', () => {
    const thin = inkMass(pictureToRaster(seven(500, 2), digitsInput))
    const usual = inkMass(pictureToRaster(seven(500, 34), digitsInput))
    expect(thin / usual).toBeGreaterThan(0.6)
    expect(thin / usual).toBeLessThan(1.6)
  })

  it('thins the strokes of a felt pen to about the width of the pen, in a tiny picture too, for a model that asks for it', () => {
    const usual = inkMass(pictureToRaster(seven(500, 34), digitsInput))
    for (const [size, pen] of [
      [500, 70],
      [40, 6],
    ] as const) {
      const raster = pictureToRaster(seven(size, pen), finePen)
      expect(inkMass(raster) / usual).toBeGreaterThan(0.6)
      expect(inkMass(raster) / usual).toBeLessThan(1.4)
      expect(inkExtent(raster).height).toBeGreaterThanOrEqual(18)
      expect(inkExtent(raster).height).toBeLessThanOrEqual(21)
      expect(inkMass(pictureToRaster(seven(size, pen), digitsInput)) / usual).toBeGreaterThan(1.4)
    }
  })

  it('leaves a blot alone, which has no stroke to be thinned', () => {
    const blot: Raster = { width: 60, height: 60, pixels: new Uint8Array(3600) }
    for (let at = 0; at < 3600; at++) {
      if (Math.hypot((at % 60) - 30, Math.floor(at / 60) - 30) < 20) blot.pixels[at] = 200
    }
    expect(inkExtent(pictureToRaster(blot, finePen)).height).toBeGreaterThanOrEqual(19)
    expect(inkMass(pictureToRaster(blot, finePen))).toBeGreaterThan(250)
  })

  it('takes away light that falls unevenly, and the grain of the paper', () => {
    const random = new Random(7)
    const lit = seven(300, 12, (x, y) => 20 + 90 * x + 25 * y * y + random.normal(0, 4))
    expect(
      meanDifference(pictureToRaster(lit, digitsInput), pictureToRaster(seven(300, 12), digitsInput)),
    ).toBeLessThan(8)
  })

  it('ignores specks far from the character', () => {
    const clean = seven(200, 12)
    const dusty = { ...clean, pixels: clean.pixels.slice() }
    for (const at of [205, 380, 39_000, 39_850]) dusty.pixels.fill(255, at, at + 2)
    expect(
      meanDifference(pictureToRaster(dusty, digitsInput), pictureToRaster(clean, digitsInput)),
    ).toBeLessThan(3)
  })

  it.each([
    ['a blank page', (): number => 0],
    [
      'nothing but grain',
      (
        (random: Random) => (): number =>
          60 + random.normal(0, 6)
      )(new Random(1)),
    ],
    ['nothing but a shadow', (x: number): number => 10 + 100 * x],
  ])('finds no ink on %s', (_, paper) => {
    const page = seven(200, 0, paper)
    expect(inkMass(pictureToRaster(page, digitsInput))).toBe(0)
  })
})

describe('the polarity of a picture', () => {
  it('is told for real digits, both ways', async () => {
    for (const sample of await mnistTestSamples(200)) {
      expect(isDarkOnLight(sample)).toBe(false)
      expect(isDarkOnLight(invert(sample))).toBe(true)
    }
  })

  it('is told for a thin line on a grainy page in uneven light, both ways', () => {
    const random = new Random(3)
    const page = seven(300, 3, (x) => 20 + 100 * x + random.normal(0, 5))
    expect(isDarkOnLight(page)).toBe(false)
    expect(isDarkOnLight(invert(page))).toBe(true)
  })
})
