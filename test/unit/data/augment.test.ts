import { describe, expect, it } from 'vitest'
import { augmentInk } from '../../../src/main/data/augment/augmentInk'
import { augmentRaster } from '../../../src/main/data/augment/augmentRaster'
import { changeThickness } from '../../../src/main/data/augment/changeThickness'
import { elasticField } from '../../../src/main/data/augment/elasticField'
import { scribble } from '../../../src/main/data/augment/scribble'
import { inkBounds } from '../../../src/shared/ink/bounds'
import type { Ink } from '../../../src/shared/ink/ink'
import { inkToRaster } from '../../../src/shared/ink/inkToRaster'
import { Random } from '../../../src/shared/random'
import { augmentationSchema, type Augmentation } from '../../../src/shared/training/recipe'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { inkExtent, inkMass, massCentre } from '../../fixtures/data/rasterMeasures'

const angle: Ink = [
  [
    [20, 0],
    [0, 70],
    [50, 70],
  ],
  [
    [40, 40],
    [40, 100],
  ],
]
const four = inkToRaster(angle, digitsInput)
const limits = (some: Partial<Augmentation>): Augmentation => augmentationSchema.parse(some)
const everything = limits({ rotation: 15, scale: 0.15, shift: 2, shear: 0.2, elastic: 1, thickness: 1 })

function raster(pixels: Uint8Array): typeof four {
  return { width: 28, height: 28, pixels }
}

function augmented(some: Partial<Augmentation>, seed: number): typeof four {
  const target = new Uint8Array(784)
  augmentRaster(four.pixels, target, digitsInput, limits(some), new Random(seed))
  return raster(target)
}

function augmentedInk(some: Partial<Augmentation>, seed: number): typeof four {
  const target = new Uint8Array(784)
  augmentInk(angle, target, digitsInput, limits(some), new Random(seed))
  return raster(target)
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const spread = (values: number[]): number => Math.max(...values) - Math.min(...values)

describe('perspective', () => {
  it.each([
    ['a raster', augmented],
    ['ink', augmentedInk],
  ])('makes one side of %s larger than the other, and keeps the ink', (_, augment) => {
    /** The share of the ink that lies in the left half. */
    const lefts = seeds.map((seed) => {
      const { pixels } = augment({ perspective: 0.4 }, seed)
      const left = pixels.reduce((sum, value, at) => sum + (at % 28 < 14 ? value : 0), 0)
      return left / pixels.reduce((sum, value) => sum + value, 0)
    })
    expect(spread(lefts)).toBeGreaterThan(0.05)
    for (const seed of seeds) {
      expect(inkMass(augment({ perspective: 0.4 }, seed))).toBeGreaterThan(0.4 * inkMass(four))
    }
  })
})

describe('cutting out', () => {
  it.each([
    ['a raster', augmented],
    ['ink', augmentedInk],
  ])('wipes out one square of %s and leaves the rest as it is', (_, augment) => {
    let cut = 0
    for (const seed of seeds) {
      const whole = augment({}, seed).pixels
      const { pixels } = augment({ cutout: 14 }, seed)
      const changed = [...pixels.keys()].filter((at) => pixels[at] !== whole[at])
      if (changed.length === 0) continue
      cut++
      expect(changed.every((at) => pixels[at] === 0)).toBe(true)
      const [columns, rows] = [changed.map((at) => at % 28), changed.map((at) => Math.floor(at / 28))]
      expect(spread(columns)).toBeLessThan(15)
      expect(spread(rows)).toBeLessThan(15)
    }
    expect(cut).toBeGreaterThan(seeds.length / 5)
  })
})

describe('blur', () => {
  it.each([
    ['a raster', augmented],
    ['ink', augmentedInk],
  ])('softens %s where it is, and leaves its darkest tone', (_, augment) => {
    const steepest = (pixels: Uint8Array): number =>
      Math.max(...pixels.map((value, at) => Math.abs(value - (pixels[at + 1] ?? 0))))
    for (const seed of seeds.slice(0, 20)) {
      const sharp = augment({}, seed)
      const soft = augment({ blur: 2 }, seed)
      expect(Math.max(...soft.pixels)).toBe(Math.max(...sharp.pixels))
      expect(Math.abs(massCentre(soft).x - massCentre(sharp).x)).toBeLessThan(0.5)
      expect(Math.abs(massCentre(soft).y - massCentre(sharp).y)).toBeLessThan(0.5)
    }
    const [hard, soft] = [{}, { blur: 2 }].map((some) =>
      seeds.reduce((sum, seed) => sum + steepest(augment(some, seed).pixels), 0),
    )
    expect(soft).toBeLessThan(0.8 * (hard ?? 0))
  })
})

describe('augmenting a raster', () => {
  it('changes next to nothing where every limit is 0', () => {
    const same = augmented({}, 1).pixels
    const worst = Math.max(...same.map((value, at) => Math.abs(value - (four.pixels[at] ?? 0))))
    expect(worst).toBeLessThanOrEqual(32)
  })

  it('gives the same picture for the same seed and another for another', () => {
    expect(augmented(everything, 5)).toEqual(augmented(everything, 5))
    expect(augmented(everything, 5)).not.toEqual(augmented(everything, 6))
  })

  it('leaves the source alone', () => {
    const before = four.pixels.slice()
    augmented(everything, 1)
    expect(four.pixels).toEqual(before)
  })

  it('shifts up to the limit, both ways', () => {
    const places = seeds.map((seed) => massCentre(augmented({ shift: 3 }, seed)).x - massCentre(four).x)
    expect(Math.max(...places)).toBeGreaterThan(2)
    expect(Math.max(...places)).toBeLessThan(3.2)
    expect(Math.min(...places)).toBeLessThan(-2)
    expect(Math.min(...places)).toBeGreaterThan(-3.2)
  })

  it('scales both axes apart from one another', () => {
    const sizes = seeds.map((seed) => inkExtent(augmented({ scale: 0.3 }, seed)))
    expect(spread(sizes.map(({ width }) => width))).toBeGreaterThan(4)
    expect(spread(sizes.map(({ height }) => height))).toBeGreaterThan(6)
    expect(spread(sizes.map(({ width, height }) => width / height))).toBeGreaterThan(0.25)
  })

  it.each<Partial<Augmentation>>([{ rotation: 30 }, { shear: 0.4 }, { elastic: 1.2 }])(
    'keeps the amount of ink under %o',
    (some) => {
      for (const seed of seeds) {
        const share = inkMass(augmented(some, seed)) / inkMass(four)
        expect(share).toBeGreaterThan(0.65)
        expect(share).toBeLessThan(1.4)
      }
    },
  )

  it('makes strokes thicker and thinner, and never loses them', () => {
    const masses = seeds.map((seed) => inkMass(augmented({ thickness: 1.5 }, seed)) / inkMass(four))
    expect(Math.max(...masses)).toBeGreaterThan(1.35)
    expect(Math.min(...masses)).toBeLessThan(0.8)
    expect(Math.min(...masses)).toBeGreaterThan(0.3)
  })
})

describe('a change of thickness', () => {
  it.each([2, 1, -1])('of %d pixels changes a bar by about as much', (thickness) => {
    const pixels = Uint8Array.from({ length: 784 }, (_, at) => (at % 28 >= 12 && at % 28 < 16 ? 255 : 0))
    changeThickness(pixels, 28, 28, thickness)
    expect(inkMass(raster(pixels)) / 28).toBeCloseTo(4 + thickness, 1)
  })
})

describe('an elastic field', () => {
  it('has the deviation that was asked for, and is smooth', () => {
    const random = new Random(11)
    let squares = 0
    let roughest = 0
    for (let draw = 0; draw < 200; draw++) {
      const { dx } = elasticField(28, 28, 1.5, random)
      dx.forEach((value, at) => {
        squares += value * value
        if (at % 28 > 0) roughest = Math.max(roughest, Math.abs(value - (dx[at - 1] ?? 0)))
      })
    }
    expect(Math.sqrt(squares / (200 * 784))).toBeCloseTo(1.5, 0)
    expect(roughest).toBeLessThan(1.5)
  })
})

describe('augmenting ink', () => {
  it('draws it as the recipe does where every limit is 0', () => {
    const same = augmentedInk({}, 1).pixels
    expect(
      Math.max(...same.map((value, at) => Math.abs(value - (four.pixels[at] ?? 0)))),
    ).toBeLessThanOrEqual(2)
  })

  it('gives the same picture for the same seed and another for another', () => {
    expect(augmentedInk(everything, 5)).toEqual(augmentedInk(everything, 5))
    expect(augmentedInk(everything, 5)).not.toEqual(augmentedInk(everything, 6))
  })

  it('keeps full ink whatever the pen', () => {
    for (const seed of seeds) {
      expect(Math.max(...augmentedInk({ thickness: 1 }, seed).pixels)).toBe(255)
    }
  })

  it('shifts after the fit, which would take it back', () => {
    const places = seeds.map((seed) => massCentre(augmentedInk({ shift: 3 }, seed)).y)
    expect(spread(places)).toBeGreaterThan(4)
  })
})

describe('a scribble', () => {
  it('is never long and narrow, which would be a 1, and never one short stroke', () => {
    for (let seed = 0; seed < 400; seed++) {
      const ink = scribble(new Random(seed))
      const bounds = inkBounds(ink)
      if (bounds === null) throw new Error('a scribble without a point')
      const longer = Math.max(bounds.width, bounds.height)
      expect(Math.min(bounds.width, bounds.height) / longer).toBeGreaterThan(0.2)
      const path = ink.map((stroke) =>
        stroke.reduce((length, [x, y], i) => {
          const [fromX, fromY] = stroke[Math.max(0, i - 1)] ?? [x, y]
          return length + Math.hypot(x - fromX, y - fromY)
        }, 0),
      )
      const total = path.reduce((sum, length) => sum + length, 0)
      expect(ink.length >= 3 || total > 1.4 * longer).toBe(true)
    }
  })

  it('is of many kinds', () => {
    const rasters = seeds.map((seed) => inkMass(inkToRaster(scribble(new Random(seed)), digitsInput)))
    expect(spread(rasters)).toBeGreaterThan(100)
  })
})
