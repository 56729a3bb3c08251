import { Random } from '../../../shared/random'

/** Some of the numbers below `total`, in their order; by lot, since what comes in turns would be missed by every second one. */
export function drawSome(total: number, count: number, seed: number): Uint32Array {
  const all = Array.from({ length: total }, (_, at) => at)
  if (count >= total) return Uint32Array.from(all)
  return Uint32Array.from(new Random(seed, 0xd4a).shuffle(all).slice(0, count)).sort()
}
