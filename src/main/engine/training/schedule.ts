import type { Schedule } from '../../../shared/training/recipe'

/** Share of a one-cycle run in which the rate climbs. */
const climb = 0.25

/**
 * The learning rate of one step.
 * @param step from 0 to steps - 1
 * @param peak the highest rate
 */
export function learningRateAt(schedule: Schedule, step: number, steps: number, peak: number): number {
  const progress = steps > 1 ? step / (steps - 1) : 1
  switch (schedule) {
    case 'constant':
      return peak
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
