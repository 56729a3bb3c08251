import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Random } from '../../../shared/random'

/** A picture that was asked for at random, and the label it carries. */
export interface Drawn {
  /** `[height, width]`, ink 255. */
  readonly pixels: Uint8Array
  readonly label: number
}

/** An overlay must hold this much more ink than either part, or one part hides in the other and is still read. */
const leastGain = 1.4
const attempts = 6

/**
 * Writes a picture that is made of real characters and is none: two different ones over one another, two or three squeezed
 * side by side, or a patchwork of turned quarters. Scribbles alone would teach that everything with a character's texture
 * is a character.
 *
 * @param draw gives an augmented sample at random
 * @param target `[height, width]`, overwritten
 * @returns false where no draw was good, and the target is to be filled otherwise
 */
export function composite(draw: () => Drawn, target: Uint8Array, input: ModelInput, random: Random): boolean {
  const kind = random.integer(3)
  if (kind === 0) return overlay(draw, target)
  if (kind === 1) return sideBySide(draw, target, input, random)
  return patchwork(draw, target, input, random)
}

function overlay(draw: () => Drawn, target: Uint8Array): boolean {
  const first = draw()
  const under = first.pixels.slice()
  const underMass = mass(under)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const over = draw()
    if (over.label === first.label) continue
    const overMass = mass(over.pixels)
    for (let i = 0; i < target.length; i++) target[i] = Math.max(under[i] ?? 0, over.pixels[i] ?? 0)
    if (mass(target) >= leastGain * Math.max(underMass, overMass)) return true
  }
  return false
}

/** Two or three narrow copies in the middle rows, as the recipe would bring several characters into one box. */
function sideBySide(draw: () => Drawn, target: Uint8Array, input: ModelInput, random: Random): boolean {
  const { width, height } = input
  const count = random.chance(0.75) ? 2 : 3
  const columns = Math.floor(width / count)
  const rows = Math.round(random.uniform(0.45, count === 2 ? 0.8 : 0.55) * height)
  const top = Math.floor((height - rows) / 2)
  target.fill(0)
  for (let part = 0; part < count; part++) {
    const { pixels } = draw()
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        // The margin of the source is left out: characters stand next to one another.
        const fromX = width * (0.12 + (0.76 * (x + 0.5)) / columns)
        const fromY = height * (0.1 + (0.8 * (y + 0.5)) / rows)
        const at = (top + y) * width + part * columns + x
        target[at] = bilinear(pixels, width, height, fromX - 0.5, fromY - 0.5)
      }
    }
  }
  return true
}

/** Four quarters, each out of another sample and turned by a quarter or a half. */
function patchwork(draw: () => Drawn, target: Uint8Array, input: ModelInput, random: Random): boolean {
  const { width, height } = input
  if (width !== height) return false
  target.fill(0)
  for (let quarter = 0; quarter < 4; quarter++) {
    const { pixels } = draw()
    const turn = 1 + random.integer(3)
    const right = quarter % 2
    const bottom = quarter >> 1
    for (let y = Math.floor((bottom * height) / 2); y < Math.floor(((bottom + 1) * height) / 2); y++) {
      for (let x = Math.floor((right * width) / 2); x < Math.floor(((right + 1) * width) / 2); x++) {
        const [fromX, fromY] =
          turn === 1 ? [y, width - 1 - x] : turn === 2 ? [width - 1 - x, height - 1 - y] : [height - 1 - y, x]
        target[y * width + x] = pixels[fromY * width + fromX] ?? 0
      }
    }
  }
  return mass(target) > 0.09 * 255 * target.length
}

function mass(pixels: Uint8Array): number {
  let sum = 0
  for (const value of pixels) sum += value
  return sum
}

function bilinear(pixels: Uint8Array, width: number, height: number, x: number, y: number): number {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x)))
  const top = Math.max(0, Math.min(height - 2, Math.floor(y)))
  const shareX = x - left
  const shareY = y - top
  const at = top * width + left
  const upper = (pixels[at] ?? 0) * (1 - shareX) + (pixels[at + 1] ?? 0) * shareX
  const lower = (pixels[at + width] ?? 0) * (1 - shareX) + (pixels[at + width + 1] ?? 0) * shareX
  return Math.min(255, Math.max(0, Math.round(upper * (1 - shareY) + lower * shareY)))
}
