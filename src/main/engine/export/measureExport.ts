import type { ExportMeasurement } from '../../../shared/model/modelExport'
import { argMax } from '../infer/probabilities'
import type { ExportedModel } from './exportedModel'

/** Samples that go through the networks at once. */
const chunk = 512

/**
 * How right and how fast an exported file is beside the same network as float32. Both run in turn on each batch, so that what
 * else the machine does slows down both alike.
 * @param rasters [count, height, width]
 * @param truth numbers of the classes, [count]
 * @param onProgress told how many were read so far, before each batch
 */
export async function measureExport(
  file: ExportedModel,
  float: ExportedModel,
  rasters: Uint8Array,
  truth: Int32Array,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Omit<ExportMeasurement, 'data'>> {
  const count = truth.length
  const size = rasters.length / count
  const first = rasters.subarray(0, chunk * size)
  // The first run of a network prepares it, and is of the full size, so that memory is there for the others.
  const runs = [file, float].map((model) => ({ model, right: 0, elapsedMs: 0 }))
  for (const { model } of runs) await model.read(first)
  for (let start = 0; start < count; start += chunk) {
    signal.throwIfAborted()
    onProgress(start)
    const batch = rasters.subarray(start * size, (start + chunk) * size)
    // The one that goes second finds less of its memory in the caches.
    for (const run of (start / chunk) % 2 === 0 ? runs : runs.toReversed()) {
      const started = performance.now()
      const { probabilities } = await run.model.read(batch)
      run.elapsedMs += performance.now() - started
      run.right += countRight(probabilities, truth.subarray(start, start + chunk))
    }
  }
  const [own, reference] = runs.map(({ right, elapsedMs }) => ({
    accuracy: right / count,
    imagesPerSecond: (1000 * count) / elapsedMs,
  }))
  return {
    count,
    accuracy: own?.accuracy ?? 0,
    floatAccuracy: reference?.accuracy ?? 0,
    imagesPerSecond: own?.imagesPerSecond ?? 0,
    floatImagesPerSecond: reference?.imagesPerSecond ?? 0,
  }
}

function countRight(probabilities: Float32Array, truth: Int32Array): number {
  const classes = probabilities.length / truth.length
  return truth.reduce(
    (sum, label, i) => sum + Number(argMax(probabilities.subarray(i * classes, (i + 1) * classes)) === label),
    0,
  )
}
