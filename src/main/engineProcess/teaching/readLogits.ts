import { toPixels } from '../../../shared/image/toPixels'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { compileInference } from '../../engine/compile/inferenceGraph'
import type { Parameters } from '../../engine/network/parameter'
import { Session } from '../../engine/runtime/session'

/** Samples that go through the network at once. */
const chunk = 256
/** Readings by themselves, of which the median is told. */
const timed = 15

/** What a network says of samples, and what it takes to ask it. */
export interface Readings {
  /** [count, outputs] */
  readonly logits: Float32Array
  /** One reading by itself; a median. */
  readonly readingMs: number
  /** Of the file that runs. */
  readonly modelBytes: number
}

/**
 * Reads samples with a network as it would recognise.
 * @param rasters [count, height, width], 0 to 255
 */
export async function readLogits(
  spec: ModelSpec,
  parameters: Parameters,
  rasters: Uint8Array,
  signal?: AbortSignal,
): Promise<Readings> {
  const { width, height } = spec.input
  const size = width * height
  const model = compileInference(spec, parameters)
  const session = await Session.create(model, { provider: 'cpu' })
  const read = async (part: Uint8Array): Promise<Float32Array> => {
    const pixels = { data: toPixels(part), shape: [part.length / size, 1, height, width] }
    const { logits } = await session.run({ pixels })
    if (!(logits?.data instanceof Float32Array)) throw new Error('the network gave no logits')
    return logits.data
  }
  try {
    const parts: Float32Array[] = []
    for (let start = 0; start < rasters.length; start += chunk * size) {
      signal?.throwIfAborted()
      parts.push(await read(rasters.subarray(start, start + chunk * size)))
    }
    const logits = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      logits.set(part, at)
      at += part.length
    }
    const times: number[] = []
    for (let i = 0; i < timed; i++) {
      const started = performance.now()
      await read(new Uint8Array(size))
      times.push(performance.now() - started)
    }
    times.sort((a, b) => a - b)
    return { logits, readingMs: times[Math.floor(timed / 2)] ?? 0, modelBytes: model.length }
  } finally {
    await session.release()
  }
}
