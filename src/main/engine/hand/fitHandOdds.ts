import { evidenceTerms, type HandOdds } from '../../../shared/hand/handOdds'
import { factorize } from '../teaching/cholesky'
import type { HandTrials } from './handTrials'

const steps = 50
/** Keeps the matrix definite where the trials are parted without an error. */
const ridge = 1e-3

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares, Bishop 2006, section 4.3.3) on the scores of trials
 * with several numbers of samples. Both kinds of comparison weigh alike, in each trial, so that what comes out is a likelihood
 * ratio, whatever one believed before.
 * @throws Error where no trial has comparisons of both kinds
 */
export function fitHandOdds(trials: readonly HandTrials[]): HandOdds {
  const useful = trials.filter(({ same, different }) => same.length > 0 && different.length > 0)
  if (useful.length === 0) throw new Error('nobody wrote enough to be compared')
  const rows = useful.flatMap(({ enrolled, questioned, same, different }) =>
    [same, different].flatMap((scores, kind) =>
      scores.map((score) => ({
        terms: evidenceTerms(score, enrolled, questioned),
        target: kind === 0 ? 1 : 0,
        weight: 1 / scores.length,
      })),
    ),
  )
  const weights: HandOdds['weights'] = [0, 0, 0, 0]
  const size = weights.length
  for (let step = 0; step < steps; step++) {
    const hessian = new Float64Array(size * size)
    const gradient = weights.map((weight) => -ridge * weight)
    for (let i = 0; i < size; i++) hessian[i * size + i] = ridge
    for (const { terms, target, weight } of rows) {
      const log = terms.reduce((sum, term, i) => sum + term * (weights[i] ?? 0), 0)
      const chance = 1 / (1 + Math.exp(-log))
      terms.forEach((term, i) => {
        gradient[i] = (gradient[i] ?? 0) + weight * (target - chance) * term
        terms.forEach((other, j) => {
          const at = i * size + j
          hessian[at] = (hessian[at] ?? 0) + weight * chance * (1 - chance) * term * other
        })
      })
    }
    const move = factorize(hessian, size)(gradient)
    move.forEach((by, i) => (weights[i] = (weights[i] ?? 0) + by))
    if (Math.max(...move.map(Math.abs)) < 1e-8) break
  }
  return { weights, writers: Math.max(...useful.map(({ writers }) => writers)) }
}
