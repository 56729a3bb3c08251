import type { Random } from '../../../shared/random'

/** Beyond so many standard deviations nothing is left to see of a pixel. */
const reach = 2.5

/**
 * Blurs a picture by a Gaussian whose standard deviation is drawn from 0 to `limit` pixels, and gives it back its darkest tone: a
 * small scan that was made larger is soft, as ink that was drawn at its size never is. Draws nothing where the limit is 0.
 */
export function blur(pixels: Uint8Array, width: number, height: number, limit: number, random: Random): void {
  if (limit === 0) return
  const kernel = gaussian(random.uniform(0, limit))
  if (kernel.length === 1) return
  const rows = convolve(Float32Array.from(pixels), kernel, width, height, 1, width)
  const both = convolve(rows, kernel, height, width, width, 1)
  const darkest = pixels.reduce((most, value) => Math.max(most, value), 0)
  const factor =
    darkest /
    Math.max(
      1e-6,
      both.reduce((most, value) => Math.max(most, value), 0),
    )
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round((both[i] ?? 0) * factor)
}

/** One half of the kernel, from its middle outwards; the whole sums to 1. */
function gaussian(deviation: number): Float32Array {
  const radius = Math.floor(reach * deviation)
  const half = Float32Array.from({ length: radius + 1 }, (_, at) => Math.exp(-0.5 * (at / deviation) ** 2))
  if (radius === 0) return Float32Array.of(1)
  const sum = half.reduce((total, value, at) => total + (at === 0 ? value : 2 * value), 0)
  return half.map((value) => value / sum)
}

/**
 * Along lines of `length` values that lie `step` apart, of which there are `lines`, each `next` after the one before. There is
 * paper beyond the ends.
 */
function convolve(
  source: Float32Array,
  half: Float32Array,
  length: number,
  lines: number,
  step: number,
  next: number,
): Float32Array {
  const target = new Float32Array(source.length)
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < length; place++) {
      const at = line * next + place * step
      let sum = (source[at] ?? 0) * (half[0] ?? 0)
      for (let off = 1; off < half.length; off++) {
        const before = place >= off ? (source[at - off * step] ?? 0) : 0
        const after = place + off < length ? (source[at + off * step] ?? 0) : 0
        sum += (before + after) * (half[off] ?? 0)
      }
      target[at] = sum
    }
  }
  return target
}
