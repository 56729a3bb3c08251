import type { HandErrors } from '../../../shared/hand/hand'
import { likelihoodRatio, type HandOdds } from '../../../shared/hand/handOdds'
import type { HandTrials } from './handTrials'

/** What trials say of a model, and of its odds where it has some. */
export function summarizeTrials(trials: HandTrials, odds: HandOdds | null): HandErrors {
  const { enrolled, questioned, same, different, identified } = trials
  return {
    ...{ enrolled, questioned, same: same.length, different: different.length },
    equalErrorRate: equalErrorRate(same, different),
    identified,
    oddsCost: odds && oddsCost(trials, odds),
  }
}

/**
 * The share of errors at the limit where as many of `same` lie below it as of `different` lie at it or above; between two limits, the
 * mean of both shares where they are nearest. 0 where either is empty.
 */
export function equalErrorRate(same: readonly number[], different: readonly number[]): number {
  if (same.length === 0 || different.length === 0) return 0
  const sorted = { same: [...same].sort((a, b) => a - b), different: [...different].sort((a, b) => a - b) }
  let [below, under, nearest, rate] = [0, 0, Infinity, 0]
  for (const limit of [...sorted.same, ...sorted.different, Infinity].sort((a, b) => a - b)) {
    while (below < same.length && (sorted.same[below] ?? 0) < limit) below++
    while (under < different.length && (sorted.different[under] ?? 0) < limit) under++
    const refused = below / same.length
    const taken = 1 - under / different.length
    if (Math.abs(refused - taken) >= nearest) continue
    nearest = Math.abs(refused - taken)
    rate = (refused + taken) / 2
  }
  return rate
}

/** Cllr in bits, both kinds of comparison counted alike (Brümmer & du Preez 2006, equation 17). */
function oddsCost({ enrolled, questioned, same, different }: HandTrials, odds: HandOdds): number {
  const ratio = (score: number): number => likelihoodRatio(odds, score, enrolled, questioned)
  const mean = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0) / costs.length
  return (
    (mean(same.map((score) => Math.log2(1 + 1 / ratio(score)))) +
      mean(different.map((score) => Math.log2(1 + ratio(score))))) /
    2
  )
}
