import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cropCharacters } from '../../../../src/main/data/page/cropCharacters'
import { readPage } from '../../../../src/main/data/page/readPage'
import { drawSheets } from '../../../../src/main/data/sheet/drawSheet'
import { readSheet } from '../../../../src/main/data/sheet/readSheet'
import { cellAt } from '../../../../src/main/data/sheet/sheetLayout'
import type { Raster } from '../../../../src/shared/image/raster'
import { digitsInput } from '../../../fixtures/data/digitsInput'
import { meanDifference } from '../../../fixtures/data/rasterMeasures'
import { mnistTestSamples } from '../../../fixtures/mnistSamples'
import { takePicture, type PageLook } from '../../../fixtures/pages/composePage'

let pdfium: Awaited<ReturnType<typeof PDFiumLibrary.init>>
beforeAll(async () => (pdfium = await PDFiumLibrary.init()))
afterAll(() => pdfium.destroy())

const pixelsPerMm = 6

/** A page of a PDF as a printer would draw it, 6 pixels a millimetre. */
async function print(pdf: Uint8Array, page: number): Promise<Raster> {
  const document = await pdfium.loadDocument(pdf)
  try {
    const scale = (pixelsPerMm * 25.4) / 72
    const { data, width, height } = await document.getPage(page).render({ scale, render: 'bitmap' })
    const grey = await sharp(data, { raw: { width, height, channels: 4 } })
      .flatten({ background: '#fff' })
      .toColourspace('b-w')
      .extractChannel(0)
      .raw()
      .toBuffer()
    return { width, height, pixels: new Uint8Array(grey) }
  } finally {
    document.destroy()
  }
}

/** Writes a real digit into a box of the printed sheet. */
async function fillIn(sheet: Raster, index: number, digit: Raster): Promise<void> {
  const side = 11 * pixelsPerMm
  const { width, height } = digit
  const ink = await sharp(digit.pixels, { raw: { width, height, channels: 1 } })
    .resize(side, side, { kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const { box } = cellAt(index)
  const left = Math.round((box.x + 2 + (index % 3) * 0.5) * pixelsPerMm)
  const top = Math.round((box.y + 2 + (index % 2)) * pixelsPerMm)
  ink.forEach((value, at) => {
    const to = (top + Math.floor(at / side)) * sheet.width + left + (at % side)
    sheet.pixels[to] = Math.round((sheet.pixels[to] ?? 0) * (1 - (0.85 * value) / 255))
  })
}

const digits = await mnistTestSamples(40)
const labels = ['0', '1', '2', '永', '字', 'あ', 'é', '#', '한', 'ab']

describe('a printed sheet that was filled in', () => {
  it.each<[string, PageLook, number]>([
    ['scanned', {}, 0],
    ['scanned upside down', {}, 180],
    [
      'photographed from the side, in a shadow',
      { degrees: 5, perspective: 0.08, shadow: 0.5, grain: 5, jpegQuality: 80 },
      0,
    ],
    ['photographed on its side', { degrees: -3, perspective: 0.05, grain: 3 }, 90],
  ])('gives each character with what was asked for there, %s', async (_, look, turned) => {
    const { pdf, pages } = await drawSheets(labels, 4)
    expect(pages).toBe(1)
    const sheet = await print(pdf, 0)
    // One box is left empty.
    for (const [index, digit] of digits.entries()) if (index !== 7) await fillIn(sheet, index, digit)
    const photo = await sharp((await takePicture(sheet, look, 3)).picture)
      .rotate(turned)
      .jpeg({ quality: 90 })
      .toBuffer()
    const found = readSheet(await readPage(photo, 'photo'))
    expect(found).toMatchObject({ page: 1, pages: 1 })
    const asked = labels.flatMap((label) => [label, label, label, label])
    expect(found?.characters.map(({ label, row, column }) => [label, row * 10 + column])).toEqual(
      asked.map((label, index) => [label, index]).filter((_each, index) => index !== 7),
    )
    const characters = found?.characters ?? []
    const cropped = found ? cropCharacters(found.sheet, characters, digitsInput) : []
    const written = digits.filter((_each, index) => index !== 7)
    const differences = cropped.map(({ raster }, at) => {
      const own = written[at]
      return raster && own ? meanDifference(raster, own) : 255
    })
    const usual = [...differences].sort((first, second) => first - second)[differences.length >> 1]
    expect(usual).toBeLessThan(15)
  })

  it('goes over several pages, each of which says which one it is', async () => {
    const { pdf, pages } = await drawSheets(
      Array.from('甲乙丙丁戊己庚辛壬癸零一二三四五六七八九十百千万亿'),
      8,
    )
    expect(pages).toBe(2)
    const second = await print(pdf, 1)
    const [digit] = digits
    if (digit) await fillIn(second, 0, digit)
    const found = readSheet(second)
    expect(found).toMatchObject({ page: 2, pages: 2, characters: [{ label: '二', row: 0, column: 0 }] })
  })

  it('is told from any other page', () => {
    const plain = { width: 400, height: 500, pixels: new Uint8Array(200_000).fill(230) }
    expect(readSheet(plain)).toBeNull()
  })
})
