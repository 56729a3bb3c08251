import type { Ink } from '../../../shared/ink/ink'
import { inkToTrace } from '../../../shared/ink/inkToTrace'
import { traceFrame } from '../../../shared/ink/traceFrame'
import { mapInk } from '../../../shared/ink/transformInk'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Random } from '../../../shared/random'
import type { Augmentation } from '../../../shared/training/recipe'
import { bendStrokes } from './bendStrokes'
import { drawDistortion } from './drawDistortion'

/**
 * Slants, turns and stretches a word, as another hand would write it, and makes its trace. A pixel of the recipe is a point's
 * step here. The size and height that the trace takes out of the writing change a little, too, since they are guesses.
 * Elastic distortion moves along the word as waves.
 *
 * @param target `[height, width]`, overwritten
 */
export function augmentTrace(
  ink: Ink,
  target: Uint8Array,
  input: ModelInput,
  augmentation: Augmentation,
  random: Random,
): void {
  const { xx, xy, yx, yy, shiftY } = drawDistortion(augmentation, 1, random)
  const zoom = 1 + random.uniform(-augmentation.scale, augmentation.scale)
  const step = input.trace?.step ?? 0
  const wave = drawWave(augmentation.elastic * step, random)
  const written = bendStrokes(ink, augmentation, random)
  const frame = traceFrame(written) ?? { size: 1 }
  const bent = mapInk(written, (inkX, inkY) => {
    const [x, y] = [inkX / frame.size, inkY / frame.size]
    const [moveX, moveY] = wave(x, y)
    return [xx * x + xy * y + moveX, yx * x + yy * y + moveY]
  })
  target.set(inkToTrace(bent, input, { zoom, lift: shiftY * step }).pixels)
}

/** Smooth moves that differ from place to place: some sine waves of random lengths, between half a letter and a few. */
function drawWave(strength: number, random: Random): (x: number, y: number) => readonly [number, number] {
  if (strength === 0) return () => [0, 0]
  const waves = Array.from({ length: 4 }, () => ({
    alongX: random.uniform(-4, 4),
    alongY: random.uniform(-3, 3),
    phase: random.uniform(0, 2 * Math.PI),
    moveX: random.normal(0, strength / 2),
    moveY: random.normal(0, strength / 2),
  }))
  return (x, y) => {
    let [sumX, sumY] = [0, 0]
    for (const { alongX, alongY, phase, moveX, moveY } of waves) {
      const swing = Math.sin(alongX * x + alongY * y + phase)
      sumX += moveX * swing
      sumY += moveY * swing
    }
    return [sumX, sumY]
  }
}
