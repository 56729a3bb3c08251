/** Logarithms of the probabilities of each column's outputs. @param logits [outputs, columns] */
export function columnLogs(logits: Float32Array, columns: number): Float32Array {
  const outputs = logits.length / columns
  const logs = new Float32Array(logits.length)
  for (let column = 0; column < columns; column++) {
    let largest = -Infinity
    for (let output = 0; output < outputs; output++)
      largest = Math.max(largest, logits[output * columns + column] ?? -Infinity)
    let sum = 0
    for (let output = 0; output < outputs; output++)
      sum += Math.exp((logits[output * columns + column] ?? 0) - largest)
    const norm = largest + Math.log(sum)
    for (let output = 0; output < outputs; output++)
      logs[output * columns + column] = (logits[output * columns + column] ?? 0) - norm
  }
  return logs
}
