/**
 * How surprised a model is by the true classes, on average.
 * @param logits [count, outputs]
 * @param classes [count]
 */
export function meanCrossEntropy(logits: Float32Array, classes: Int32Array, outputs: number): number {
  let sum = 0
  classes.forEach((label, sample) => {
    const row = logits.subarray(sample * outputs, (sample + 1) * outputs)
    let most = -Infinity
    for (const logit of row) most = Math.max(most, logit)
    let total = 0
    for (const logit of row) total += Math.exp(logit - most)
    sum += Math.log(total) + most - (row[label] ?? 0)
  })
  return classes.length === 0 ? 0 : sum / classes.length
}
