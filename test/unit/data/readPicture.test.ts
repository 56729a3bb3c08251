import { encode } from 'bmp-ts'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readPicture } from '../../../src/main/data/pictures/readPicture'
import { pictureToRaster } from '../../../src/shared/image/pictureToRaster'
import { digitsInput } from '../../fixtures/data/digitsInput'
import { drawnSeven } from '../../fixtures/data/drawnPicture'
import { meanDifference } from '../../fixtures/data/rasterMeasures'

const reference = async (): Promise<ReturnType<typeof pictureToRaster>> =>
  pictureToRaster(await readPicture(await drawnSeven().png().toBuffer(), 'reference'), digitsInput)

async function bmp(): Promise<Buffer> {
  const { data, info } = await drawnSeven().ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const abgr = Buffer.alloc(data.length)
  for (let i = 0; i < data.length; i += 4) {
    abgr.set([data[i + 3] ?? 0, data[i + 2] ?? 0, data[i + 1] ?? 0, data[i] ?? 0], i)
  }
  return encode({ data: abgr, width: info.width, height: info.height, bitPP: 24 }).data
}

describe('a picture file', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['PNG', () => drawnSeven().png().toBuffer()],
    ['16-bit PNG', () => drawnSeven().toColourspace('rgb16').png().toBuffer()],
    ['JPEG', () => drawnSeven().jpeg({ quality: 60 }).toBuffer()],
    ['WebP', () => drawnSeven().webp().toBuffer()],
    ['TIFF', () => drawnSeven().tiff().toBuffer()],
    ['BMP', bmp],
    ['light on dark PNG', () => drawnSeven({ ink: '#fff', paper: '#000' }).png().toBuffer()],
    ['PNG with faint colours', () => drawnSeven({ ink: '#4a6fb5', paper: '#f4e9c8' }).png().toBuffer()],
    ['PNG with black ink on nothing', () => drawnSeven({ paper: 'none' }).png().toBuffer()],
    ['PNG with white ink on nothing', () => drawnSeven({ ink: '#fff', paper: 'none' }).png().toBuffer()],
    ['large PNG', () => drawnSeven({ size: 3000 }).png().toBuffer()],
    ['small PNG', () => drawnSeven({ size: 40 }).png().toBuffer()],
    [
      'turned JPEG with its orientation in EXIF',
      () => drawnSeven().rotate(270).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    ],
  ])('reads the same from a %s', async (_, make) => {
    const picture = await readPicture(await make(), 'seven')
    expect(meanDifference(pictureToRaster(picture, digitsInput), await reference())).toBeLessThan(7)
  })

  it.each([
    ['dark on light', '#000', '#fff'],
    ['light on dark', '#fff', '#000'],
  ])('has ink high and paper low when it is %s', async (_, ink, paper) => {
    const { pixels, width } = await readPicture(await drawnSeven({ ink, paper }).png().toBuffer(), 'seven')
    expect(pixels[0]).toBe(0)
    expect(pixels[24 * width + 60]).toBe(255)
  })

  it.each<[string, () => Promise<Buffer>, object]>([
    ['an empty file', () => Promise.resolve(Buffer.alloc(0)), { code: 'file-empty' }],
    ['a text', () => Promise.resolve(Buffer.from('this is no picture')), { code: 'not-a-picture' }],
    [
      'an SVG, which no decoder is to see',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      { code: 'not-a-picture' },
    ],
    [
      'a PNG that is cut in half',
      async () => (await drawnSeven().png().toBuffer()).subarray(0, 400),
      { code: 'not-a-picture' },
    ],
    [
      'a JPEG that is cut in half',
      async () => (await drawnSeven().jpeg().toBuffer()).subarray(0, 900),
      { code: 'not-a-picture' },
    ],
    ['a BMP that is cut off', async () => (await bmp()).subarray(0, 40), { code: 'not-a-picture' }],
    [
      'a white picture',
      () =>
        sharp({ create: { width: 50, height: 50, channels: 3, background: '#fff' } })
          .png()
          .toBuffer(),
      { code: 'picture-blank' },
    ],
  ])('is refused when it is %s', async (_, make, error) => {
    await expect(readPicture(await make(), 'odd.png')).rejects.toMatchObject({
      ...error,
      data: { file: 'odd.png' },
    })
  })

  it('is refused for its size by its header alone', async () => {
    const png = (await drawnSeven().png().toBuffer()).subarray(0, 33)
    png.writeUInt32BE(20_000, 16)
    png.writeUInt32BE(20_000, 20)
    await expect(readPicture(png, 'huge.png')).rejects.toMatchObject({
      code: 'picture-too-large',
      data: { file: 'huge.png', width: 20_000, height: 20_000 },
    })
  })

  it('is refused for its size when only the decoder can tell it', async () => {
    const background = { width: 9000, height: 5000, channels: 3, background: '#fff' } as const
    const jpeg = await sharp({ create: background }).jpeg().toBuffer()
    await expect(readPicture(jpeg, 'huge.jpg')).rejects.toMatchObject({ code: 'picture-too-large' })
  })
})
