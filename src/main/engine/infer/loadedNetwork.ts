import { toPixels } from '../../../shared/image/toPixels'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import { outputCount } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { readNetwork } from '../model/modelFolder'
import { checkNetwork, decodeNetwork } from '../onnx/untrustedGraph'
import { Session } from '../runtime/session'

/** The network of a model's folder, loaded to run. */
export class LoadedNetwork {
  private constructor(
    readonly card: ModelCard,
    private readonly session: Session,
  ) {}

  /**
   * The folder may be anybody's, so that its network is looked through before the runtime gets it.
   * @throws AppError 'model-broken' where its files are missing, cut, do not belong together, or hold what no network of ours has
   */
  static async load(
    folder: string,
    card: ModelCard,
    options: { provider: Provider; threads?: number },
  ): Promise<LoadedNetwork> {
    const network = await readNetwork(folder)
    try {
      checkNetwork(decodeNetwork(network))
      const loaded = new LoadedNetwork(card, await Session.create(network, options))
      const { width, height } = card.spec.input
      await loaded.logits(new Uint8Array(width * height))
      return loaded
    } catch (error) {
      const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      throw new AppError('model-broken', { folder, detail }, { cause: error })
    }
  }

  /**
   * @param rasters [count, height, width] by the model's own recipe, 0 to 255
   * @returns logits [count, outputs]
   */
  async logits(rasters: Uint8Array): Promise<Float32Array> {
    const { width, height } = this.card.spec.input
    const count = rasters.length / (width * height)
    const pixels = toPixels(rasters)
    const results = await this.session.run({ pixels: { data: pixels, shape: [count, 1, height, width] } })
    const logits = results.logits?.data
    if (!(logits instanceof Float32Array) || logits.length !== count * outputCount(this.card.spec)) {
      throw new Error('the network does not give what its card says')
    }
    return logits
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}
