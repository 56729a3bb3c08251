import type { Parameters } from '../network/parameter'
import { headBias, headWeight } from '../network/transferParameters'

/**
 * What a head makes of features.
 * @param features [count, size]
 * @returns [count, outputs]
 */
export function headLogits(features: Float32Array, parameters: Parameters, outputs: number): Float32Array {
  const weight = parameters.get(headWeight) ?? new Float32Array()
  const bias = parameters.get(headBias) ?? new Float32Array()
  const size = weight.length / outputs
  const count = features.length / size
  const logits = new Float32Array(count * outputs)
  for (let sample = 0; sample < count; sample++) {
    const row = logits.subarray(sample * outputs, (sample + 1) * outputs)
    row.set(bias)
    for (let i = 0; i < size; i++) {
      const value = features[sample * size + i] ?? 0
      if (value === 0) continue
      for (let output = 0; output < outputs; output++)
        row[output] = (row[output] ?? 0) + value * (weight[i * outputs + output] ?? 0)
    }
  }
  return logits
}
