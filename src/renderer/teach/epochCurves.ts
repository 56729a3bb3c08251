import type { StageCourse } from './teachingRun.svelte'

/** What was measured after each epoch of a training, of one set of samples. */
interface EpochCurve {
  readonly name: 'training' | 'validation' | 'base'
  readonly tone: 'accent' | 'success' | 'caution'
  readonly points: readonly { readonly epoch: number; readonly loss: number; readonly accuracy: number }[]
}

/** The curves of a training. One that holds none of the user's samples out is measured on the base's own alone. */
export function epochCurves(course: StageCourse | null): EpochCurve[] {
  const epochs = course?.epochs ?? []
  const watched = (name: string): EpochCurve['points'] =>
    epochs.flatMap(({ epoch, watched: sets }) => {
      const set = sets?.[name]
      return set ? [{ epoch, ...set }] : []
    })
  const heldOut = epochs.map(({ epoch, validationLoss: loss, validationAccuracy: accuracy }) => ({
    ...{ epoch, loss, accuracy },
  }))
  const base = watched('base')
  const hasOwn = base.length > 0
  return [
    { name: 'training', tone: 'accent', points: watched('training') },
    { name: 'validation', tone: 'success', points: hasOwn ? heldOut : [] },
    { name: 'base', tone: 'caution', points: hasOwn ? base : heldOut },
  ]
}
