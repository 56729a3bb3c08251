import { createRaster } from '../../../src/shared/image/raster'
import type { Prediction } from '../../../src/shared/recognition/prediction'

/** A prediction with `label` on top and 8 and 5 behind it. */
export function prediction({
  label = '3',
  verdict = 'sure',
}: { label?: string; verdict?: Prediction['verdict'] } = {}): Prediction {
  const raster = createRaster(28, 28)
  return {
    model: 'digits',
    candidates: [
      { label, probability: 0.9 },
      { label: '8', probability: 0.06 },
      { label: '5', probability: 0.04 },
    ],
    verdict,
    raster: { ...raster, pixels: new Uint8Array(raster.pixels) },
    elapsedMs: 2,
  }
}
