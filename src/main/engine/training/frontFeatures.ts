import { toPixels } from '../../../shared/image/toPixels'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { compileFront } from '../compile/frontGraph'
import { sizeOf } from '../graph/shape'
import { frontShape } from '../network/describeNetwork'
import type { Parameters } from '../network/parameter'
import { Session } from '../runtime/session'

/** Samples that go through the layers at once. */
const chunk = 256

/**
 * What the first layers of a network give for each sample, for a training that leaves them as they are: they are then run
 * once a sample, and not once a sample and epoch.
 *
 * @param rasters [count, height, width], 0 to 255
 * @returns [count, ...frontShape(spec, layers)]
 */
export async function computeFront(
  spec: ModelSpec,
  parameters: Parameters,
  layers: number,
  rasters: Uint8Array,
  {
    signal,
    onProgress,
    ...options
  }: { provider: Provider; threads?: number; signal?: AbortSignal; onProgress?: (done: number) => void },
): Promise<Float32Array> {
  const { width, height } = spec.input
  const pixelCount = width * height
  const featureCount = sizeOf(frontShape(spec, layers).slice(1))
  const count = rasters.length / pixelCount
  const features = new Float32Array(count * featureCount)
  const session = await Session.create(compileFront(spec, parameters, layers), options)
  try {
    for (let start = 0; start < count; start += chunk) {
      signal?.throwIfAborted()
      const part = rasters.subarray(start * pixelCount, (start + chunk) * pixelCount)
      const pixels = toPixels(part)
      const shape = [part.length / pixelCount, 1, height, width]
      const result = (await session.run({ pixels: { data: pixels, shape } })).features
      if (!result) throw new Error('the front gave no features')
      features.set(result.data, start * featureCount)
      onProgress?.(Math.min(count, start + chunk))
      // run() does not give the event loop a turn by itself where it resolves at once.
      await new Promise(setImmediate)
    }
    return features
  } finally {
    await session.release()
  }
}
