import { numberReader, type NpyArray } from './npyArray'
import type { PictureLayout } from './pictureLayout'
import type { PixelScale } from './pixelScale'

/** A function that gives the pixels of one picture, `[height, width]` in 0..255. */
export function pixelReader(
  array: NpyArray,
  { height, width, channels, place }: PictureLayout,
  { scale, asIs }: PixelScale,
): (index: number) => Uint8Array {
  const { header, body } = array
  const size = height * width
  // What needs no computing is most of what there is: bytes, one picture after the other.
  if (asIs && header.itemBytes === 1 && !header.fortranOrder && channels === 1) {
    return (index) => body.subarray(index * size, (index + 1) * size)
  }
  const number = numberReader(array)
  return (index) => {
    const pixels = new Uint8Array(size)
    for (let y = 0, to = 0; y < height; y++) {
      for (let x = 0; x < width; x++, to++) {
        const first = number(place(index, y, x, 0))
        // By ITU-R BT.601, as picture programs turn colours to grey.
        const grey =
          channels === 1
            ? first
            : 0.299 * first + 0.587 * number(place(index, y, x, 1)) + 0.114 * number(place(index, y, x, 2))
        pixels[to] = scale(grey)
      }
    }
    return pixels
  }
}
