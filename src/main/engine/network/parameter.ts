import { Random } from '../../../shared/random'
import { sizeOf, type Shape } from '../graph/shape'

/**
 * What a parameter is for. Weights decay and start at random; the running statistics are not trained but followed.
 */
export type ParameterRole = 'weight' | 'bias' | 'scale' | 'shift' | 'runningMean' | 'runningVariance'

export interface ParameterInfo {
  /** `layer.weight`; inside a residual block `block.layer.weight`. */
  readonly name: string
  readonly shape: Shape
  readonly role: ParameterRole
  /** Inputs that each output sums over; for weights only. */
  readonly fanIn: number
}

/** Parameter values by name. */
export type Parameters = ReadonlyMap<string, Float32Array>

export function isTrained(info: ParameterInfo): boolean {
  return info.role !== 'runningMean' && info.role !== 'runningVariance'
}

/** Start values: weights normal with variance 2 / fan-in (He et al. 2015), one random sequence a parameter. */
export function initializeParameters(
  infos: readonly ParameterInfo[],
  seed: number,
): Map<string, Float32Array> {
  return new Map(
    infos.map((info, index) => {
      const values = new Float32Array(sizeOf(info.shape))
      if (info.role === 'weight') {
        const random = new Random(seed, index)
        const deviation = Math.sqrt(2 / info.fanIn)
        for (let i = 0; i < values.length; i++) values[i] = random.normal(0, deviation)
      } else if (info.role === 'scale' || info.role === 'runningVariance') {
        values.fill(1)
      }
      return [info.name, values]
    }),
  )
}
