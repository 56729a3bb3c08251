import type { TextKey } from '../locale/texts.svelte'
import type { LearningCurve } from '../../shared/teaching/teaching'

/** A gain of less than this by twice the samples or so is not worth the writing. */
const smallGain = 0.01

/** 'Have I done enough?', in a sentence. */
export function enoughWords(curve: LearningCurve): TextKey {
  const last = curve.at(-1)
  const before = curve.at(-2)
  if (!last || !before || last.shots < 2) return 'teach.enough.tooFew'
  if (last.accuracy - before.accuracy > smallGain) return 'teach.enough.rising'
  return last.accuracy > 0.98 ? 'teach.enough.yes' : 'teach.enough.flat'
}
