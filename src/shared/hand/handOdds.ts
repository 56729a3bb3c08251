import { z } from 'zod'

/**
 * How a score becomes odds: log odds = w0 + w1 s + w2 ln k + w3 s ln k, where s is the cosine of the angle between two means of
 * embeddings, and k tells how much they rest on. Logistic regression as in speaker verification (Brümmer & du Preez 2006).
 */
export const handOddsSchema = z.object({
  weights: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Of how many writers the scores were that it was fitted to. */
  writers: z.int(),
})
export type HandOdds = z.infer<typeof handOddsSchema>

/** Odds beyond these are not told: no more was ever tried than some dozens of writers. */
export const furthestOdds = 100

/**
 * What a score says of: 1, the score, ln k, and their product.
 * k is half the harmonic mean of the samples on either side, as the noise of a difference of two means goes.
 */
export function evidenceTerms(
  score: number,
  enrolled: number,
  questioned: number,
): [number, number, number, number] {
  const k = Math.log((enrolled * questioned) / (enrolled + questioned))
  return [1, score, k, score * k]
}

/** How many times likelier a score is from one hand than from two; from 1 / furthestOdds to furthestOdds. */
export function likelihoodRatio(
  { weights }: Pick<HandOdds, 'weights'>,
  score: number,
  enrolled: number,
  questioned: number,
): number {
  const log = evidenceTerms(score, enrolled, questioned).reduce(
    (sum, term, i) => sum + term * (weights[i] ?? 0),
    0,
  )
  const furthest = Math.log(furthestOdds)
  return Math.exp(Math.max(-furthest, Math.min(furthest, log)))
}
