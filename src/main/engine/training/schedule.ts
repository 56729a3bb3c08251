import type { Recipe } from '../../../shared/training/recipe'

type Rates = Pick<Recipe, 'schedule' | 'learningRate' | 'epochs' | 'warmUp' | 'stepEvery' | 'stepFactor'>

/** Share of a one-cycle run in which the rate climbs. */
const climb = 0.25

/**
 * The learning rate of one step.
 * @param step from 0 to steps - 1
 * @param steps of the whole training, in all its epochs
 */
export function learningRateAt(recipe: Rates, step: number, steps: number): number {
  const peak = recipe.learningRate
  const warmUp = recipe.schedule === 'one-cycle' ? 0 : Math.round((recipe.warmUp * steps) / recipe.epochs)
  if (step < warmUp) return (peak * (step + 1)) / warmUp
  const progress = steps - warmUp > 1 ? (step - warmUp) / (steps - warmUp - 1) : 1
  switch (recipe.schedule) {
    case 'constant':
      return peak
    case 'step': {
      const epoch = Math.floor((step * recipe.epochs) / steps)
      return peak * recipe.stepFactor ** Math.floor(epoch / recipe.stepEvery)
    }
    case 'cosine':
      return peak * cosine(progress)
    case 'one-cycle':
      // Smith & Topin 2018: up from a twentieth, then down to almost nothing.
      return progress < climb
        ? peak * (0.05 + (0.95 * progress) / climb)
        : peak * Math.max(1e-4, cosine((progress - climb) / (1 - climb)))
  }
}

/** Half a cosine wave, from 1 at 0 to 0 at 1. */
function cosine(progress: number): number {
  return (1 + Math.cos(Math.PI * progress)) / 2
}
