import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import type { Parameters } from '../network/parameter'
import { Session } from '../runtime/session'
import { compileSaliency } from './saliencyGraph'

/** A network that tells, beside its logits, which way each pixel moves them. */
export class Explainer {
  private constructor(
    readonly spec: ModelSpec,
    private readonly session: Session,
  ) {}

  static async create(spec: ModelSpec, parameters: Parameters): Promise<Explainer> {
    return new Explainer(spec, await Session.create(compileSaliency(spec, parameters), { provider: 'cpu' }))
  }

  /**
   * @param pixels [height, width], 0 for paper to 1 for full ink
   * @param towards output whose logit is looked at
   * @param from output whose logit is taken from it; none where it is left out
   * @returns logits [outputs], and the gradient [height, width] of the logit, or of the difference
   */
  async explain(
    pixels: Float32Array,
    towards: number,
    from?: number,
  ): Promise<{ logits: Float32Array; gradient: Float32Array }> {
    const { width, height } = this.spec.input
    const selector = new Float32Array(outputCount(this.spec))
    selector[towards] = 1
    if (from !== undefined) selector[from] = -1
    const { logits, gradient } = await this.session.run({
      pixels: { data: pixels, shape: [1, 1, height, width] },
      selector: { data: selector, shape: [1, selector.length] },
    })
    if (!(logits?.data instanceof Float32Array) || !(gradient?.data instanceof Float32Array)) {
      throw new Error('the network gave no gradient')
    }
    return { logits: logits.data, gradient: gradient.data }
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}
