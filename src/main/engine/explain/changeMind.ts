import { argMax } from '../infer/probabilities'
import type { Explainer } from './explainer'

/** Ink is added only so near to ink that is there, in pixels, that it could be part of the writing. */
const reach = 2
/** Pixels that are changed at once: the gradient holds for a small change only. */
const atOnce = 3
/** Beyond this share of all pixels it is another character, and no small change. */
const largestShare = 0.12

/**
 * The smallest change that is found to make the network read another class: pixel after pixel as the gradient of the
 * difference of the two logits tells (as Papernot et al. 2016 do), each to paper or to full ink, and at the end without those
 * that are not needed.
 *
 * @param pixels [height, width], 0 for paper to 1 for full ink
 * @returns the changed pixels; null where no small change does it
 */
export async function changeMind(
  explainer: Explainer,
  pixels: Float32Array,
  { from, to }: { from: number; to: number },
  signal: AbortSignal,
): Promise<Float32Array | null> {
  const { classes } = explainer.spec
  const changed = pixels.slice()
  const near = nearInk(pixels, explainer.spec.input.width, explainer.spec.input.height)
  const budget = Math.round(largestShare * pixels.length)
  const order: number[] = []
  const isOther = (logits: Float32Array): boolean => argMax(logits.subarray(0, classes.length)) === to
  for (;;) {
    signal.throwIfAborted()
    const { logits, gradient } = await explainer.explain(changed, to, from)
    if (isOther(logits)) break
    const places = best(changed, gradient, (place) => near.has(place) && !order.includes(place))
    if (places.length === 0 || order.length + places.length > budget) return null
    for (const place of places) changed[place] = (gradient[place] ?? 0) > 0 ? 1 : 0
    order.push(...places)
  }
  for (const place of order) {
    const kept = changed[place] ?? 0
    changed[place] = pixels[place] ?? 0
    const { logits } = await explainer.explain(changed, to, from)
    if (!isOther(logits)) changed[place] = kept
  }
  return changed
}

/** The places whose change moves the difference most, by the gradient. */
function best(pixels: Float32Array, gradient: Float32Array, isAllowed: (place: number) => boolean): number[] {
  const gains = Array.from(gradient, (slope, place) => {
    const value = pixels[place] ?? 0
    return { place, gain: slope > 0 ? slope * (1 - value) : -slope * value }
  })
  return gains
    .filter(({ place, gain }) => gain > 0 && isAllowed(place))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, atOnce)
    .map(({ place }) => place)
}

function nearInk(pixels: Float32Array, width: number, height: number): Set<number> {
  const near = new Set<number>()
  pixels.forEach((value, place) => {
    if (value < 0.25) return
    const [x, y] = [place % width, Math.floor(place / width)]
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
        near.add(row * width + column)
      }
    }
  })
  return near
}
