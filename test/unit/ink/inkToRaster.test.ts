import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ink, Point } from '../../../src/shared/ink/ink'
import { inkToRaster } from '../../../src/shared/ink/inkToRaster'
import { transformInk } from '../../../src/shared/ink/transformInk'
import type { ModelInput } from '../../../src/shared/model/modelSpec'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { inkExtent, inkMass, massCentre, meanDifference } from '../../fixtures/data/rasterMeasures'

const coordinate = fc.integer({ min: 0, max: 1000 })
const point = fc.tuple(coordinate, coordinate)
const ink = fc
  .array(fc.array(point, { minLength: 2, maxLength: 12 }), { minLength: 1, maxLength: 4 })
  .filter((strokes) => {
    const xs = strokes.flat().map(([x]) => x)
    const ys = strokes.flat().map(([, y]) => y)
    return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) > 50
  })

function scaled(strokes: Ink, factor: number, x0 = 0, y0 = 0): Ink {
  return transformInk(strokes, { xx: factor, xy: 0, x0, yx: 0, yy: factor, y0 })
}

/** The same line with points put between its own. */
function denser(strokes: Ink, times: number): Ink {
  return strokes.map((stroke) =>
    stroke.flatMap((from, i): Point[] => {
      const to = stroke[i + 1]
      if (to === undefined) return [from]
      return Array.from({ length: times }, (_, step): Point => {
        const share = step / times
        return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
      })
    }),
  )
}

describe('the recipe of ink to raster', () => {
  it('does not depend on the size of the ink', () => {
    fc.assert(
      fc.property(ink, fc.double({ min: 0.01, max: 1000, noNaN: true }), (strokes, factor) => {
        const difference = meanDifference(
          inkToRaster(strokes, digitsInput),
          inkToRaster(scaled(strokes, factor), digitsInput),
        )
        expect(difference).toBeLessThan(0.5)
      }),
    )
  })

  it('does not depend on the place of the ink', () => {
    fc.assert(
      fc.property(ink, fc.integer({ min: -5000, max: 5000 }), (strokes, shift) => {
        const moved = inkToRaster(scaled(strokes, 1, shift, -2 * shift), digitsInput)
        expect(meanDifference(inkToRaster(strokes, digitsInput), moved)).toBeLessThan(0.5)
      }),
    )
  })

  it('does not depend on how densely the tablet gives points', () => {
    fc.assert(
      fc.property(ink, fc.integer({ min: 2, max: 40 }), (strokes, times) => {
        const dense = inkToRaster(denser(strokes, times), digitsInput)
        expect(meanDifference(inkToRaster(strokes, digitsInput), dense)).toBeLessThan(1.5)
      }),
    )
  })

  it('puts the centre of mass on the middle pixel, as MNIST does, unless something would leave the raster', () => {
    fc.assert(
      fc.property(ink, (strokes) => {
        const raster = inkToRaster(strokes, digitsInput)
        const centre = massCentre(raster)
        const reachesColumn = (column: number): boolean =>
          raster.pixels.some((value, at) => value > 0 && at % 28 === column)
        const reachesRow = (row: number): boolean =>
          raster.pixels.some((value, at) => value > 0 && Math.floor(at / 28) === row)
        expect(Math.abs(centre.x - 14) < 0.6 || reachesColumn(0) || reachesColumn(27)).toBe(true)
        expect(Math.abs(centre.y - 14) < 0.6 || reachesRow(0) || reachesRow(27)).toBe(true)
      }),
    )
  })

  it('makes the longer side fill the box', () => {
    fc.assert(
      fc.property(ink, (strokes) => {
        const extent = inkExtent(inkToRaster(strokes, digitsInput))
        expect(Math.max(extent.width, extent.height)).toBeGreaterThanOrEqual(19)
        expect(Math.max(extent.width, extent.height)).toBeLessThanOrEqual(21)
      }),
    )
  })

  it('cuts nothing off, even where the box fills the whole raster', () => {
    const tight: ModelInput = { ...digitsInput, raster: { ...digitsInput.raster, box: 28 } }
    fc.assert(
      fc.property(ink, (strokes) => {
        const roomy: ModelInput = { ...tight, width: 56, height: 56 }
        const whole = inkMass(inkToRaster(strokes, roomy))
        expect(inkMass(inkToRaster(strokes, tight))).toBeGreaterThan(0.97 * whole - 1)
      }),
    )
  })

  it('keeps the shape of a line that is longer than high', () => {
    const raster = inkToRaster(
      [
        [
          [0, 0],
          [300, 100],
        ],
      ],
      digitsInput,
    )
    const extent = inkExtent(raster)
    expect(Math.abs(extent.width - 20)).toBeLessThanOrEqual(1)
    expect(extent.height).toBeLessThan(10)
  })

  it('centres the bounding box where the recipe says so', () => {
    const input: ModelInput = { ...digitsInput, raster: { ...digitsInput.raster, centre: 'box' } }
    const heavyOnTheLeft: Ink = [
      [
        [0, 0],
        [0, 100],
      ],
      [
        [10, 0],
        [10, 100],
      ],
      [
        [0, 50],
        [100, 50],
      ],
    ]
    const columns = [...inkToRaster(heavyOnTheLeft, input).pixels].flatMap((value, at) =>
      value >= 128 ? [at % 28] : [],
    )
    expect(Math.min(...columns) + Math.max(...columns)).toBe(27)
  })
})

describe('ink of unusual form', () => {
  it.each<[string, Ink]>([
    ['one point', [[[17, 4]]]],
    [
      'the same point many times',
      [
        [
          [17, 4],
          [17, 4],
          [17, 4],
        ],
      ],
    ],
    ['one point far from the origin', [[[999_999, -999_999]]]],
  ])('draws %s as a dot of the pen, not as a disc that fills the box', (_, dot) => {
    const raster = inkToRaster(dot, digitsInput)
    expect(inkMass(raster)).toBeCloseTo(Math.PI * 1.25 ** 2, 0)
    expect(Math.max(...raster.pixels)).toBe(255)
  })

  it('draws a vertical line 20 pixels high and as wide as the pen', () => {
    const raster = inkToRaster(
      [
        [
          [5, 0],
          [5, 80],
        ],
      ],
      digitsInput,
    )
    expect(Math.abs(inkExtent(raster).height - 20)).toBeLessThanOrEqual(1)
    expect(inkMass(raster)).toBeCloseTo(20 * 2.5 - (4 - Math.PI) * 1.25 ** 2, -1)
  })

  it('draws a horizontal line 20 pixels wide', () => {
    const line: Ink = [
      [
        [0, 3],
        [9, 3],
      ],
    ]
    expect(Math.abs(inkExtent(inkToRaster(line, digitsInput)).width - 20)).toBeLessThanOrEqual(1)
  })

  it('leaves the raster empty where there is no point', () => {
    expect(inkMass(inkToRaster([], digitsInput))).toBe(0)
    expect(inkMass(inkToRaster([[]], digitsInput))).toBe(0)
  })

  it('gives the same raster for points with time and pressure', () => {
    const plain: Ink = [
      [
        [0, 0],
        [40, 90],
      ],
    ]
    const rich: Ink = [
      [
        [0, 0, 0, 0.2],
        [40, 90, 16, 0.9],
      ],
    ]
    expect(inkToRaster(rich, digitsInput)).toEqual(inkToRaster(plain, digitsInput))
  })
})
