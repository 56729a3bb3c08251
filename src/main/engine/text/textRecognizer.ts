import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Provider } from '../../../shared/training/recipe'
import { LoadedNetwork } from '../infer/loadedNetwork'
import { readCard } from '../model/modelFolder'
import { columnLogs } from './columnLogs'
import type { TextModel } from './readJoined'

/** A model of words, of a folder, loaded to read with. */
export class TextRecognizer {
  private constructor(
    private readonly network: LoadedNetwork,
    readonly text: NonNullable<ModelSpec['text']>,
  ) {}

  /** @throws AppError 'model-broken' as LoadedNetwork, 'model-reads-characters' */
  static async load(
    folder: string,
    options: { provider: Provider; threads?: number },
  ): Promise<TextRecognizer> {
    const card = await readCard(folder)
    if (!card.spec.text) throw new AppError('model-reads-characters', { model: card.name })
    return new TextRecognizer(await LoadedNetwork.load(folder, card, options), card.spec.text)
  }

  get card(): ModelCard {
    return this.network.card
  }

  /**
   * @param rasters [count, height, width] by the model's own recipe, 0 to 255
   * @returns of each the logarithms of probabilities, [classes + 1, columns], the last output being 'nothing'
   */
  async logs(rasters: Uint8Array): Promise<Float32Array[]> {
    const { width, height } = this.card.spec.input
    const count = rasters.length / (width * height)
    const logits = await this.network.logits(rasters)
    const size = logits.length / count
    return Array.from({ length: count }, (_, at) =>
      columnLogs(logits.subarray(at * size, (at + 1) * size), this.text.columns),
    )
  }

  /** What joined-up writing is read with. */
  textModel(): TextModel {
    const { spec, calibration } = this.card
    return {
      classes: spec.classes,
      columns: this.text.columns,
      sureAt: calibration.sureAt,
      run: (inks) => {
        const size = spec.input.width * spec.input.height
        const rasters = new Uint8Array(inks.length * size)
        inks.forEach((ink, at) => rasters.set(inkToRaster(ink, spec.input).pixels, at * size))
        return this.logs(rasters)
      },
    }
  }

  async release(): Promise<void> {
    await this.network.release()
  }
}
