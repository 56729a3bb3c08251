import type { Random } from '../../../shared/random'

/**
 * Wipes out a square whose side is drawn from 0 to `limit` pixels, its middle anywhere on the raster (DeVries & Taylor 2017), so
 * that no single part of a character is all that it is known by. Draws nothing where the limit is 0.
 */
export function cutOut(
  pixels: Uint8Array,
  width: number,
  height: number,
  limit: number,
  random: Random,
): void {
  if (limit === 0) return
  const half = random.uniform(0, limit) / 2
  const [x, y] = [random.uniform(0, width), random.uniform(0, height)]
  const [left, right] = [Math.max(0, Math.round(x - half)), Math.min(width, Math.round(x + half))]
  const [top, bottom] = [Math.max(0, Math.round(y - half)), Math.min(height, Math.round(y + half))]
  for (let row = top; row < bottom; row++) pixels.fill(0, row * width + left, row * width + right)
}
