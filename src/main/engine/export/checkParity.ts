import type { Calibration } from '../../../shared/model/modelCard'
import type { Parity } from '../../../shared/model/modelExport'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { argMax, probabilitiesOf } from '../infer/probabilities'
import type { ExportedReading } from './exportedModel'

/** Rounding of 32-bit floats in another order of additions stays well below it; another network does not. */
const tolerance = 1e-4

/** Whether two networks are the same but for rounding. */
export function isSameNetwork({ largestDifference, largestLogitDifference }: Parity): boolean {
  // Written so that NaN, which is less than nothing, is no agreement either.
  return largestDifference < tolerance && largestLogitDifference < tolerance
}

/**
 * Compares what an exported file says with what the app makes of its own network's logits.
 * @param own logits [count, outputs]
 */
export function checkParity(
  spec: ModelSpec,
  { temperature }: Calibration,
  own: Float32Array,
  exported: ExportedReading,
): Parity {
  const outputs = outputCount(spec)
  const classes = spec.classes.length
  const samples = own.length / outputs
  const [differences, logitDifferences] = [[0], [0]]
  let equal = 0
  for (let i = 0; i < samples; i++) {
    const logits = own.subarray(i * outputs, (i + 1) * outputs)
    const expected = probabilitiesOf(logits, classes, temperature)
    const found = exported.probabilities.subarray(i * classes, (i + 1) * classes)
    differences.push(farthest(expected.classes, found))
    if (spec.rejects) differences.push(Math.abs(expected.reject - (exported.notACharacter?.[i] ?? NaN)))
    logitDifferences.push(farthest(logits, exported.logits.subarray(i * outputs, (i + 1) * outputs)))
    if (argMax(expected.classes) === argMax(found)) equal++
  }
  const largestLogit = own.reduce((largest, logit) => Math.max(largest, Math.abs(logit)), 1)
  return {
    samples,
    largestDifference: Math.max(...differences),
    largestLogitDifference: Math.max(...logitDifferences) / largestLogit,
    agreement: equal / samples,
  }
}

/** NaN where there is a NaN, or a value too few. */
function farthest(expected: Float32Array, found: Float32Array): number {
  return expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (found[i] ?? NaN))), 0)
}
