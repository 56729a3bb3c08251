import { thumbnailSize } from '../../../shared/samples/sampleBlock'

/** For each pixel of a line: the first source pixel that it shows, and the shares of that one and the ones after it. */
interface Taps {
  readonly first: Uint8Array
  readonly perPixel: number
  readonly weights: Float32Array
}

/** The colours from paper (0) to ink (255), as pixels of an ImageData. */
export type Shades = Uint32Array

/** `paper` and `ink` are red, green and blue, 0 to 255. */
export function createShades(paper: readonly number[], ink: readonly number[]): Shades {
  const bytes = new Uint8ClampedArray(256 * 4)
  for (let grey = 0; grey < 256; grey++) {
    for (let channel = 0; channel < 3; channel++) {
      const from = paper[channel] ?? 0
      bytes[grey * 4 + channel] = from + (((ink[channel] ?? 0) - from) * grey) / 255
    }
    bytes[grey * 4 + 3] = 255
  }
  return new Uint32Array(bytes.buffer)
}

/**
 * Draws thumbnails at one size, in plain loops: thousands in a frame, where a canvas's own drawing takes some microseconds for each.
 * Smaller than they are by the mean of what a pixel covers, larger by a line between two.
 */
export class ThumbnailPainter {
  readonly sizePx: number
  readonly #taps: Taps
  /** Lines of the thumbnail, already as wide as wanted: `[28, sizePx]`. */
  readonly #wide: Float32Array

  constructor(sizePx: number) {
    this.sizePx = sizePx
    this.#taps = createTaps(sizePx)
    this.#wide = new Float32Array(thumbnailSize * sizePx)
  }

  /** @param target pixels of an image `stride` wide, into which the thumbnail goes with its corner at `left`, `top` */
  paint(
    target: Uint32Array,
    stride: number,
    left: number,
    top: number,
    pixels: Uint8Array,
    shades: Shades,
  ): void {
    const { first, weights, perPixel } = this.#taps
    const size = this.sizePx
    const wide = this.#wide
    for (let y = 0; y < thumbnailSize; y++) {
      for (let x = 0; x < size; x++) {
        let from = y * thumbnailSize + (first[x] ?? 0)
        let sum = 0
        for (let tap = x * perPixel; tap < (x + 1) * perPixel; tap++)
          sum += (weights[tap] ?? 0) * (pixels[from++] ?? 0)
        wide[y * size + x] = sum
      }
    }
    for (let y = 0; y < size; y++) {
      const line = (top + y) * stride + left
      for (let x = 0; x < size; x++) {
        let from = (first[y] ?? 0) * size + x
        let sum = 0
        for (let tap = y * perPixel; tap < (y + 1) * perPixel; tap++, from += size) {
          sum += (weights[tap] ?? 0) * (wide[from] ?? 0)
        }
        target[line + x] = shades[(sum + 0.5) | 0] ?? 0
      }
    }
  }
}

function createTaps(sizePx: number): Taps {
  const scale = thumbnailSize / sizePx
  // Wider than a source pixel, an output pixel is the mean of what it covers; else it lies between two of them.
  const reach = Math.max(scale, 1)
  const perPixel = Math.min(thumbnailSize, Math.ceil(reach) + 1)
  const first = new Uint8Array(sizePx)
  const weights = new Float32Array(sizePx * perPixel)
  for (let x = 0; x < sizePx; x++) {
    const from = (x + 0.5) * scale - reach / 2
    const start = Math.min(thumbnailSize - perPixel, Math.max(0, Math.floor(from)))
    first[x] = start
    let sum = 0
    for (let tap = 0; tap < perPixel; tap++) {
      const covered = Math.max(0, Math.min(start + tap + 1, from + reach) - Math.max(start + tap, from))
      weights[x * perPixel + tap] = covered
      sum += covered
    }
    for (let tap = x * perPixel; tap < (x + 1) * perPixel; tap++) weights[tap] = (weights[tap] ?? 0) / sum
  }
  return { first, perPixel, weights }
}
