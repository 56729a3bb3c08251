import type { Provider } from '../../../shared/training/recipe'
import { Session } from '../runtime/session'

/** What an exported file says of a batch. */
export interface ExportedReading {
  /** [batch, classes] */
  readonly probabilities: Float32Array
  /** [batch, outputs] */
  readonly logits: Float32Array
  /** [batch]; null for a model that does not reject. */
  readonly notACharacter: Float32Array | null
}

/** An exported file, loaded as another program would load it. */
export class ExportedModel {
  private constructor(
    private readonly session: Session,
    private readonly size: { width: number; height: number },
  ) {}

  /**
   * @param bytes of the file
   * @param size of the rasters that it takes
   * @throws what ONNX Runtime says where it cannot load the file
   */
  static async load(
    bytes: Uint8Array,
    size: { width: number; height: number },
    provider: Provider = 'cpu',
  ): Promise<ExportedModel> {
    return new ExportedModel(await Session.create(bytes, { provider }), size)
  }

  /** @param rasters [batch, height, width], ink 255 */
  async read(rasters: Uint8Array): Promise<ExportedReading> {
    const { width, height } = this.size
    const shape = [rasters.length / (width * height), height, width]
    // A copy: the runtime takes no bytes that lie on memory shared between threads, as those of data sets do.
    const results = await this.session.run({ images: { data: new Uint8Array(rasters), shape } })
    const floats = (name: string): Float32Array | null => {
      const data = results[name]?.data
      return data instanceof Float32Array ? data : null
    }
    const [probabilities, logits] = [floats('probabilities'), floats('logits')]
    if (!probabilities || !logits) throw new Error('the file does not give probabilities and logits')
    return { probabilities, logits, notACharacter: floats('notACharacter') }
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}
