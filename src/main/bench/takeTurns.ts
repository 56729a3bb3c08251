import type { Contestant } from './contestant'

/** What each contestant reached in one round, by its name. */
export type Round = Readonly<Record<string, number>>

/**
 * Lets the contestants work in turns, round after round: other work on the machine comes and goes, and what it takes from
 * one it takes from all. The first round warms up, and is left out.
 */
export async function takeTurns(
  contestants: Readonly<Record<string, Contestant>>,
  { rounds, seconds }: { rounds: number; seconds: number },
  onRound: (done: number) => void,
): Promise<Round[]> {
  const results: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const result: Record<string, number> = {}
    for (const [name, contestant] of Object.entries(contestants)) {
      result[name] = await contestant.work(round === 0 ? Math.min(1, seconds) : seconds)
    }
    if (round > 0) results.push(result)
    onRound(round)
  }
  return results
}

/** The median over the rounds; of ratios too, each taken within its round. */
export function medianOf(rounds: readonly Round[], value: (round: Round) => number): number {
  const sorted = rounds.map(value).sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  if (low === undefined || high === undefined) throw new Error('there was no round')
  return (low + high) / 2
}
