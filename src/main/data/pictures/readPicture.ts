import { decode as decodeBmp } from 'bmp-ts'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { AppError } from '../../../shared/errors/appError'
import { invert, isDarkOnLight } from '../../../shared/image/polarity'
import { createRaster, type Raster } from '../../../shared/image/raster'
import { messageOf } from '../dataErrors'
import { pictureFormat, sizeInHeader } from './pictureFormat'

/** 40 megapixels: more than any phone's page photo needs, and 40 MB of grey. */
const largestPicturePixels = 40_000_000
/** Decoded pictures of one character are brought down to this side: it needs no more, and later steps cost by the pixel. */
const keptSide = 768
/** Grey levels between paper and ink below which there is nothing on the picture. */
const leastContrast = 12

/**
 * Decodes a PNG, JPEG, WebP, BMP or TIFF to grey, upright by its EXIF orientation, transparent parts on white. Whether it is
 * dark on light or light on dark, in the result ink is high and paper low.
 *
 * @param file names the picture in errors
 * @throws AppError 'file-empty', 'not-a-picture', 'picture-too-large' (told from the header), 'picture-blank'
 */
export async function readPicture(bytes: Uint8Array, file: string): Promise<Raster> {
  const picture = await readGrey(bytes, file)
  if (!hasContrast(picture)) throw new AppError('picture-blank', { file })
  return upright(picture)
}

/** A grey picture of either polarity with its ink high; without ink where nothing can be told from its paper. */
export function upright(picture: Raster): Raster {
  if (!hasContrast(picture)) return createRaster(picture.width, picture.height)
  return isDarkOnLight(picture) ? invert(picture) : picture
}

/**
 * As readPicture, but with the brightness as it is in the file, and also where nothing is on it: for a set of pictures whose
 * polarity is told by all of them together.
 *
 * @param side larger pictures are brought down until neither side is longer
 * @throws AppError 'file-empty', 'not-a-picture', 'picture-too-large'
 */
export async function readGrey(bytes: Uint8Array, file: string, side = keptSide): Promise<Raster> {
  if (bytes.length === 0) throw new AppError('file-empty', { file })
  try {
    return await decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), file, side)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('not-a-picture', { file, detail: firstLine(messageOf(cause)) }, { cause })
  }
}

async function decode(bytes: Buffer, file: string, side: number): Promise<Raster> {
  const format = pictureFormat(bytes)
  if (format === null) {
    throw new AppError('not-a-picture', { file, detail: 'it is none of PNG, JPEG, WebP, BMP, TIFF' })
  }
  refuseTooLarge(sizeInHeader(bytes, format), file)
  const open = format === 'bmp' ? openBmp(bytes) : openWith(bytes, {})
  // Without sharp's own limit, which would not tell the size.
  const header = await open({ limitInputPixels: false }).metadata()
  refuseTooLarge(header, file)
  const picture = await toGrey(open(), '#ffffff', side)
  if (!header.hasAlpha || hasContrast(picture)) return picture
  // White ink on nothing is as blank on white as no ink at all.
  const onBlack = await toGrey(open(), '#000000', side)
  return hasContrast(onBlack) ? onBlack : picture
}

function refuseTooLarge(size: { width: number; height: number } | null, file: string): void {
  if (size === null || size.width * size.height <= largestPicturePixels) return
  const { width, height } = size
  throw new AppError('picture-too-large', { file, width, height, limit: largestPicturePixels })
}

type Open = (more?: SharpOptions) => Sharp

function openWith(bytes: Buffer, options: SharpOptions): Open {
  const limitInputPixels = largestPicturePixels + 1
  return (more) => sharp(bytes, { failOn: 'truncated', limitInputPixels, ...options, ...more })
}

/** sharp's own libvips has no BMP; the pixels of bmp-ts are handed to it raw, without the alpha that few BMPs mean. */
function openBmp(bytes: Buffer): Open {
  const { data, width, height } = decodeBmp(bytes, { toRGBA: true })
  const colours = Buffer.allocUnsafe(width * height * 3)
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) data.copy(colours, to, from, from + 3)
  return openWith(colours, { raw: { width, height, channels: 3 } })
}

async function toGrey(picture: Sharp, background: string, side: number): Promise<Raster> {
  const { data, info } = await picture
    .autoOrient()
    .resize({
      width: side,
      height: side,
      fit: 'inside',
      withoutEnlargement: true,
      kernel: 'mitchell',
    })
    .flatten({ background })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) }
}

function hasContrast({ pixels }: Raster): boolean {
  let least = 255
  let most = 0
  for (const value of pixels) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return most - least >= leastContrast
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
