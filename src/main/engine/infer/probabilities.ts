/** What a model says of one sample: a probability for each class, and one that it is no character at all. */
export interface Probabilities {
  /** [classes], summing to 1: given that it is a character. */
  readonly classes: Float32Array
  /** 0 for a model that does not reject. */
  readonly reject: number
}

/**
 * Calibrated probabilities of one row of logits.
 * @param logits [classes], or [classes + 1] for a model that rejects, the last being 'not a character'
 */
export function probabilitiesOf(
  logits: Float32Array,
  classCount: number,
  temperature: number,
): Probabilities {
  const all = softmax(logits.map((logit) => logit / temperature))
  return {
    classes: softmax(logits.subarray(0, classCount).map((logit) => logit / temperature)),
    reject: all[classCount] ?? 0,
  }
}

/** exp(x - max) / sum, in place of x. */
function softmax(values: Float32Array): Float32Array {
  const largest = values.reduce((max, value) => Math.max(max, value), -Infinity)
  const powers = values.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

/** The number of the largest value among those with the given numbers, the first of which is the answer where none is larger. */
export function argMaxAmong(values: Float32Array, numbers: readonly number[]): number {
  return numbers.reduce((best, at) => ((values[at] ?? 0) > (values[best] ?? 0) ? at : best), numbers[0] ?? 0)
}

/** How many values are larger than the one with the given number: 0 for the largest. */
export function placeOf(values: Float32Array, number: number): number {
  const value = values[number] ?? 0
  return values.reduce((larger, other) => (other > value ? larger + 1 : larger), 0)
}

/** The number of the largest value. */
export function argMax(values: Float32Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i
  return best
}
