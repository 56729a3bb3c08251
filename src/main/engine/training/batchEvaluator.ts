import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { compileEvaluation } from '../compile/evaluationGraph'
import { stateKey } from '../compile/stateKey'
import { outputCount } from '../../../shared/model/modelSpec'
import { channelBlock } from '../runtime/channelBlock'
import { Session, type HostTensor } from '../runtime/session'
import { onProvider } from './onProvider'

/** Runs a network in training over rasters, as it would recognise. */
export class BatchEvaluator {
  private constructor(
    private readonly spec: ModelSpec,
    private readonly provider: Provider,
    private readonly batchSize: number,
    private readonly session: Session,
  ) {}

  static async create(
    spec: ModelSpec,
    options: { batchSize: number; provider: Provider; threads?: number },
  ): Promise<BatchEvaluator> {
    const { provider, batchSize } = options
    const model = compileEvaluation(spec, batchSize, await channelBlock(provider))
    const session = await onProvider(provider, () => Session.create(model, options))
    return new BatchEvaluator(spec, provider, batchSize, session)
  }

  /**
   * @param weights by parameter name
   * @param rasters [count, height, width], 0 to 255
   * @param beforeEach called before each batch; what it throws ends the run
   * @returns logits [count, outputs]
   * @throws AppError 'provider-failed'
   */
  async logits(
    weights: ReadonlyMap<string, HostTensor>,
    rasters: Uint8Array,
    beforeEach: () => Promise<void> = () => Promise.resolve(),
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
      await beforeEach()
      const taken = Math.min(this.batchSize, count - start)
      for (let i = 0; i < taken * size; i++) pixels[i] = (rasters[start * size + i] ?? 0) / 255
      const feeds = { pixels: { data: pixels, shape: [this.batchSize, 1, height, width] }, ...fixed }
      const results = await onProvider(this.provider, () => this.session.run(feeds))
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
