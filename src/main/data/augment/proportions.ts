import type { Random } from '../../../shared/random'

/**
 * Draws a smooth warp of one axis: its middle moves to one side, and grows or shrinks at its ends' cost, as a writer makes one
 * part of a character too wide for another. It keeps both ends and the order of all points where `limit` is at most 0.25.
 * After Leung & Leung 2009, who resize parts of Chinese characters to have more of them.
 *
 * @param limit of either change, as a share of `reach`; 0 draws no random number and changes nothing
 * @param reach from the middle, which is 0, to either end
 */
export function drawProportions(limit: number, reach: number, random: Random): (place: number) => number {
  if (limit === 0) return (place) => place
  const [toSide, toEnds] = [random.uniform(-limit, limit), random.uniform(-limit, limit)]
  return (place) => {
    const share = Math.max(-1, Math.min(1, place / reach))
    const bump = (1 - share * share) * reach
    return place + bump * (toSide + toEnds * share)
  }
}
