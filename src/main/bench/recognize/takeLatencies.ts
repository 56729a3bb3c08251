/** Milliseconds that half, and all but a hundredth, of the turns stayed under. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

/** Takes the time of each turn, one after another, for about so many seconds. */
export async function takeLatencies(
  seconds: number,
  turn: (number: number) => Promise<void>,
): Promise<Latency> {
  const taken: number[] = []
  const end = performance.now() + 1000 * seconds
  while (performance.now() < end) {
    const start = performance.now()
    await turn(taken.length)
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number): number =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? NaN
  return { p50: at(0.5), p99: at(0.99) }
}
