import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { compileEvaluation } from '../compile/evaluationGraph'
import { stateKey } from '../compile/stateKey'
import { outputCount } from '../../../shared/model/modelSpec'
import { Session, type HostTensor } from '../runtime/session'

/** Runs a network in training over rasters, as it would recognise. */
export class BatchEvaluator {
  private constructor(
    private readonly spec: ModelSpec,
    private readonly batchSize: number,
    private readonly session: Session,
  ) {}

  static async create(
    spec: ModelSpec,
    options: { batchSize: number; provider: Provider; threads?: number },
  ): Promise<BatchEvaluator> {
    const session = await Session.create(compileEvaluation(spec, options.batchSize), options)
    return new BatchEvaluator(spec, options.batchSize, session)
  }

  /**
   * @param weights by parameter name
   * @param rasters [count, height, width], 0 to 255
   * @returns logits [count, outputs]
   */
  async logits(
    weights: ReadonlyMap<string, HostTensor>,
    rasters: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const { width, height } = this.spec.input
    const outputs = outputCount(this.spec)
    const size = width * height
    const count = rasters.length / size
    const logits = new Float32Array(count * outputs)
    const pixels = new Float32Array(this.batchSize * size)
    const fixed = Object.fromEntries(
      [...weights].map(([name, tensor]) => [stateKey('weights', name), tensor]),
    )
    for (let start = 0; start < count; start += this.batchSize) {
      signal?.throwIfAborted()
      const taken = Math.min(this.batchSize, count - start)
      for (let i = 0; i < taken * size; i++) pixels[i] = (rasters[start * size + i] ?? 0) / 255
      const results = await this.session.run({
        pixels: { data: pixels, shape: [this.batchSize, 1, height, width] },
        ...fixed,
      })
      const batchLogits = results.logits?.data
      if (!batchLogits) throw new Error('the evaluation gave no logits')
      logits.set(batchLogits.subarray(0, taken * outputs), start * outputs)
      // run() does not give the event loop a turn by itself where it resolves at once.
      await new Promise(setImmediate)
    }
    return logits
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}
