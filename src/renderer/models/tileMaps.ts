import type { SignedPicture } from './paintSigned'

/** Side of the whole, at most, in the maps' own pixels. */
const widest = 480

/**
 * Maps side by side with a pixel of 0 between them, as one picture.
 * @param values [count, height, width], 128 being 0
 */
export function tileMaps(count: number, height: number, width: number, values: Uint8Array): SignedPicture {
  const pitch = width + 1
  const columns = Math.max(1, Math.min(count, Math.floor(widest / pitch), Math.ceil(Math.sqrt(count * 2.5))))
  const rows = Math.ceil(count / columns)
  const whole = { width: columns * pitch - 1, height: rows * (height + 1) - 1 }
  const tiled = new Uint8Array(whole.width * whole.height).fill(128)
  for (let map = 0; map < count; map++) {
    const left = (map % columns) * pitch
    const top = Math.floor(map / columns) * (height + 1)
    for (let y = 0; y < height; y++) {
      const row = values.subarray((map * height + y) * width, (map * height + y + 1) * width)
      tiled.set(row, (top + y) * whole.width + left)
    }
  }
  return { ...whole, values: tiled }
}
