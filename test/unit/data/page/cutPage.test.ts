import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cropCharacters } from '../../../../src/main/data/page/cropCharacters'
import { cutPage, type CutPage } from '../../../../src/main/data/page/cutPage'
import { apply, turnAround } from '../../../../src/main/data/page/homography'
import { readPage } from '../../../../src/main/data/page/readPage'
import { createRaster, type Raster } from '../../../../src/shared/image/raster'
import { digitsInput } from '../../../fixtures/data/digitsInput'
import { meanDifference } from '../../../fixtures/data/rasterMeasures'
import { mnistTestSamples } from '../../../fixtures/mnistSamples'
import { composePage, type ComposedPage, type PageLook } from '../../../fixtures/pages/composePage'
import { exactShare } from '../../../fixtures/pages/exactShare'

const columns = 8
const rows = 6
const layout = { columns, pitch: 84, seed: 1 }
/** Real digits, as large as one writes them on a page that is scanned at 200 dots an inch. */
const digits = await Promise.all((await mnistTestSamples(columns * rows)).map((digit) => enlarge(digit, 64)))

async function enlarge({ width, height, pixels }: Raster, side: number): Promise<Raster> {
  const { data } = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .resize(side, side, { kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: side, height: side, pixels: new Uint8Array(data) }
}

async function cut(composed: ComposedPage): Promise<CutPage & { share: number }> {
  const found = cutPage(await readPage(composed.picture, 'page'))
  const toFound = turnAround(
    found.turned,
    { x: composed.width / 2, y: composed.height / 2 },
    { x: found.page.width / 2, y: found.page.height / 2 },
  )
  const places = composed.inkOf.map((ink) => ink.map((place) => apply(toFound, place)))
  return { ...found, share: exactShare(places, found.characters) }
}

describe('a page of real digits', () => {
  it.each<[string, PageLook]>([
    ['as a scanner sees it', {}],
    ['askew', { degrees: -7 }],
    ['half in a shadow with a hard edge', { shadow: 0.4 }],
    ['in grainy light', { grain: 10, shadow: 0.8 }],
    ['on ruled paper', { ruled: true, degrees: 1.5 }],
    [
      'from the side, as a much compressed photo in a shadow',
      { degrees: 3, perspective: 0.12, shadow: 0.45, grain: 8, jpegQuality: 60 },
    ],
  ])('is cut into its characters, row by row, %s', async (_, look) => {
    const { share, characters } = await cut(await composePage(digits, layout, look))
    expect(share).toBeGreaterThanOrEqual(0.97)
    expect(characters).toHaveLength(digits.length)
    const places = characters.map(({ row, column }) => [row, column])
    expect(places).toEqual([...places].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d))
    expect(new Set(characters.map(({ row }) => row)).size).toBe(rows)
  })

  it('gives each character as the digit itself would be drawn, without what stands beside it', async () => {
    const composed = await composePage(digits, layout, { shadow: 0.5, grain: 4 })
    const { page, characters } = await cut(composed)
    expect(characters).toHaveLength(digits.length)
    const cropped = cropCharacters(page, characters, digitsInput)
    const alone = await mnistTestSamples(digits.length)
    const differences = cropped.map(({ raster }, at) =>
      meanDifference(raster ?? createRaster(28, 28), alone[at] ?? createRaster(28, 28)),
    )
    expect(Math.max(...differences)).toBeLessThan(22)
  })

  it('tells a touching pair by its low confidence', async () => {
    const touching = createRaster(140, 64)
    const pair = [digits[0], digits[3]]
    pair.forEach((digit, at) => {
      digit?.pixels.forEach((value, from) => {
        const to = Math.floor(from / 64) * 140 + (from % 64) + at * 34
        touching.pixels[to] = Math.max(touching.pixels[to] ?? 0, value)
      })
    })
    const composed = await composePage([...digits.slice(0, 7), touching], layout)
    const { characters } = await cut(composed)
    const [least] = [...characters].sort((first, second) => first.confidence - second.confidence)
    expect(least?.column).toBeGreaterThanOrEqual(7)
    expect(least?.confidence).toBeLessThan(0.5)
  })
})

describe('a page', () => {
  it('without ink has no characters', () => {
    const page = createRaster(400, 300)
    page.pixels.fill(230)
    expect(cutPage(page).characters).toEqual([])
  })

  it('may be light on dark, and lie on its side', async () => {
    const composed = await composePage(digits, layout)
    const slate = await sharp(composed.picture).negate().rotate(270).png().toBuffer()
    const page = await readPage(slate, 'slate', 1)
    expect([page.width, page.height]).toEqual([composed.width, composed.height])
    expect(exactShare(composed.inkOf, cutPage(page).characters)).toBeGreaterThanOrEqual(0.97)
  })

  it('keeps the dot with its i, and the bars of an equals sign together', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200"><rect width="100%" height="100%" fill="#eee"/>
      <g fill="none" stroke="#223" stroke-width="5" stroke-linecap="round">
      <path d="M80 90V140M80 70v1"/><path d="M160 100h44M160 120h44"/><circle cx="290" cy="112" r="27"/>
      <path d="M390 85L365 140M400 85L428 140"/><path d="M490 85H535M484 110H540M478 138H546"/></g></svg>`
    const page = await readPage(await sharp(Buffer.from(svg)).png().toBuffer(), 'drawn')
    const { characters } = cutPage(page)
    expect(characters.map(({ row, column }) => [row, column])).toEqual(
      [0, 1, 2, 3, 4].map((column) => [0, column]),
    )
    expect(characters[0]?.height).toBeGreaterThan(65)
  })
})

describe('a box of a page', () => {
  it('without ink has no raster, also where it lies beyond the page', async () => {
    const page = await readPage((await composePage(digits, layout)).picture, 'page')
    const boxes = [
      { x: 0, y: 0, width: 40, height: 40 },
      { x: 16_000, y: 16_000, width: 50, height: 50 },
    ]
    expect(cropCharacters(page, boxes, digitsInput).map(({ raster }) => raster)).toEqual([null, null])
  })
})
