import { toPixels } from '../../../shared/image/toPixels'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import { outputCount } from '../../../shared/model/modelSpec'
import type { Prediction } from '../../../shared/recognition/prediction'
import type { Provider } from '../../../shared/training/recipe'
import type { LineModel } from '../line/readLine'
import { readCard, readNetwork } from '../model/modelFolder'
import { checkNetwork, decodeNetwork } from '../onnx/untrustedGraph'
import { Session } from '../runtime/session'
import { probabilitiesOf } from './probabilities'

const candidatesOf = (classCount: number): number => (classCount > 200 ? 20 : 5)

/** A model of a folder, loaded to read with. */
export class Recognizer {
  private constructor(
    readonly card: ModelCard,
    private readonly session: Session,
  ) {}

  /**
   * The folder may be anybody's, so that its network is looked through before the runtime gets it.
   * @throws AppError 'model-broken' where its files are missing, cut, do not belong together, or hold what no network of ours has
   */
  static async load(folder: string, options: { provider: Provider; threads?: number }): Promise<Recognizer> {
    const card = await readCard(folder)
    const network = await readNetwork(folder)
    try {
      checkNetwork(decodeNetwork(network))
      const recognizer = new Recognizer(card, await Session.create(network, options))
      const { width, height } = card.spec.input
      await recognizer.logits(new Uint8Array(width * height))
      return recognizer
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

  /** What a line is read with. */
  lineModel(): LineModel {
    const { spec, calibration } = this.card
    return {
      classes: spec.classes,
      sureAt: calibration.sureAt,
      classify: async (inks) => {
        const size = spec.input.width * spec.input.height
        const rasters = new Uint8Array(inks.length * size)
        inks.forEach((ink, at) => rasters.set(inkToRaster(ink, spec.input).pixels, at * size))
        const logits = await this.logits(rasters)
        const outputs = outputCount(spec)
        return inks.map((_, at) =>
          probabilitiesOf(
            logits.subarray(at * outputs, (at + 1) * outputs),
            spec.classes.length,
            calibration.temperature,
          ),
        )
      },
    }
  }

  /** Candidates and verdict for one raster of the model's size. */
  async rank(raster: Uint8Array): Promise<Pick<Prediction, 'candidates' | 'verdict'>> {
    const { spec, calibration } = this.card
    const { classes, reject } = probabilitiesOf(
      await this.logits(raster),
      spec.classes.length,
      calibration.temperature,
    )
    const candidates = spec.classes
      .map((label, index) => ({ label, probability: classes[index] ?? 0 }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, candidatesOf(spec.classes.length))
    const sure = (candidates[0]?.probability ?? 0) >= calibration.sureAt
    return {
      candidates,
      verdict: reject >= calibration.rejectAt ? 'not-a-character' : sure ? 'sure' : 'unsure',
    }
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}
