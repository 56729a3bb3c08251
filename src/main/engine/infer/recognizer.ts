import type { Raster } from '../../../shared/image/raster'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelCard } from '../../../shared/model/modelCard'
import { outputCount } from '../../../shared/model/modelSpec'
import type { Prediction } from '../../../shared/recognition/prediction'
import type { Provider } from '../../../shared/training/recipe'
import type { LineModel } from '../line/readLine'
import { readCharacterCard } from '../model/modelFolder'
import { LoadedNetwork } from './loadedNetwork'
import { probabilitiesOf, type Probabilities } from './probabilities'

const candidatesOf = (classCount: number): number => (classCount > 200 ? 20 : 5)

/** Characters in one run, which bounds its memory. */
const mostAtOnce = 256

/** A model of characters, of a folder, loaded to read with. */
export class Recognizer {
  private constructor(private readonly network: LoadedNetwork) {}

  /** @throws AppError 'model-broken' as LoadedNetwork, 'model-reads-words' */
  static async load(folder: string, options: { provider: Provider; threads?: number }): Promise<Recognizer> {
    const card = await readCharacterCard(folder)
    return new Recognizer(await LoadedNetwork.load(folder, card, options))
  }

  get card(): ModelCard {
    return this.network.card
  }

  /**
   * @param rasters [count, height, width] by the model's own recipe, 0 to 255
   * @returns logits [count, outputs]
   */
  async logits(rasters: Uint8Array): Promise<Float32Array> {
    return this.network.logits(rasters)
  }

  /** What a line is read with. */
  lineModel(): LineModel {
    const { spec, calibration } = this.card
    return {
      classes: spec.classes,
      sureAt: calibration.sureAt,
      classify: (inks) => this.probabilities(inks.map((ink) => inkToRaster(ink, spec.input))),
    }
  }

  /** What the model says of each raster, which are by its own recipe; calibrated. */
  async probabilities(rasters: readonly Raster[]): Promise<Probabilities[]> {
    const { spec, calibration } = this.card
    const outputs = outputCount(spec)
    const size = spec.input.width * spec.input.height
    const seen: Probabilities[] = []
    for (let start = 0; start < rasters.length; start += mostAtOnce) {
      const some = rasters.slice(start, start + mostAtOnce)
      const pixels = new Uint8Array(some.length * size)
      some.forEach((raster, at) => pixels.set(raster.pixels, at * size))
      const logits = await this.logits(pixels)
      some.forEach((_, at) => {
        const row = logits.subarray(at * outputs, (at + 1) * outputs)
        seen.push(probabilitiesOf(row, spec.classes.length, calibration.temperature))
      })
    }
    return seen
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
    await this.network.release()
  }
}
