import { invert, isDarkOnLight } from '../../../shared/image/polarity'
import type { Raster } from '../../../shared/image/raster'
import { readGrey } from '../pictures/readPicture'

/** A4 at 220 dots an inch: a pen's line is 4 pixels wide and more. */
const longestSide = 2600

/**
 * Decodes a picture of a page, brought down to 2600 pixels on its longer side, dark on light, upright by its EXIF orientation and
 * then turned clockwise by some right angles.
 *
 * @throws AppError 'file-empty', 'not-a-picture', 'picture-too-large'
 */
export async function readPage(bytes: Uint8Array, file: string, quarterTurns = 0): Promise<Raster> {
  let page = await readGrey(bytes, file, longestSide)
  for (let turn = 0; turn < quarterTurns; turn++) page = turnRight(page)
  return isDarkOnLight(page) ? page : invert(page)
}

function turnRight({ width, height, pixels }: Raster): Raster {
  const turned = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + height - 1 - y] = pixels[y * width + x] ?? 0
  }
  return { width: height, height: width, pixels: turned }
}
