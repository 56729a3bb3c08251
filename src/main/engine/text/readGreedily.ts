/**
 * The most probable output of each column, repeats and 'nothing' taken out (best path decoding, Graves et al. 2006).
 * @param logs [outputs, columns], the last output being 'nothing'
 * @returns numbers of characters
 */
export function readGreedily(logs: Float32Array, columns: number): number[] {
  const nothing = logs.length / columns - 1
  const text: number[] = []
  let before = nothing
  for (let column = 0; column < columns; column++) {
    let best = 0
    for (let output = 1; output <= nothing; output++)
      if ((logs[output * columns + column] ?? 0) > (logs[best * columns + column] ?? 0)) best = output
    if (best !== nothing && best !== before) text.push(best)
    before = best
  }
  return text
}
