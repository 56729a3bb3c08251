/**
 * The samples of each output, for drawing every output alike however many samples it has.
 * @param outputs the target output of each sample
 * @param indices the samples to group
 */
export function groupByOutput(outputs: Int32Array, indices: Iterable<number>): number[][] {
  const groups = new Map<number, number[]>()
  for (const index of indices) {
    const output = outputs[index] ?? 0
    const group = groups.get(output)
    if (group) group.push(index)
    else groups.set(output, [index])
  }
  return [...groups.values()]
}
