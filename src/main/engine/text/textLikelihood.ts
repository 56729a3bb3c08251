/**
 * The logarithm of the probability that columns spell a text: the forward variables of connectionist temporal classification
 * (Graves et al. 2006, section 4.1).
 * @param logs of probabilities, [outputs, columns], the last output being 'nothing'
 * @param text numbers of characters
 * @returns -Infinity where the text does not fit into so few columns
 */
export function textLikelihood(logs: Float32Array, columns: number, text: readonly number[]): number {
  const nothing = logs.length / columns - 1
  const states = [nothing, ...text.flatMap((character) => [character, nothing])]
  let ways = states.map((_, state) => (state === 0 ? 0 : -Infinity))
  for (let column = 0; column < columns; column++) {
    ways = states.map((output, state) => {
      // Before the first column the text has not begun: its first two states may come next.
      if (column === 0) return state < 2 ? logAt(logs, output, columns, 0) : -Infinity
      const leaps = output !== nothing && output !== states[state - 2]
      const from = addLogs(
        addLogs(ways[state] ?? -Infinity, ways[state - 1] ?? -Infinity),
        leaps ? (ways[state - 2] ?? -Infinity) : -Infinity,
      )
      return from + logAt(logs, output, columns, column)
    })
  }
  return addLogs(ways.at(-1) ?? -Infinity, text.length > 0 ? (ways.at(-2) ?? -Infinity) : -Infinity)
}

function logAt(logs: Float32Array, output: number, columns: number, column: number): number {
  return logs[output * columns + column] ?? -Infinity
}

/** log(exp(a) + exp(b)) */
export function addLogs(a: number, b: number): number {
  const larger = Math.max(a, b)
  return larger === -Infinity ? -Infinity : larger + Math.log1p(Math.exp(Math.min(a, b) - larger))
}
