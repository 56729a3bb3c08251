import type { MeasuredModel } from '../../shared/recognition/comparison'

/** A matrix of more classes is no longer taken in at a glance. */
const mostShown = 16

/**
 * The classes that the confusion matrices of models show, the same for all of them: those that occur; of too many, those with the
 * most mistakes. In the order of the last model.
 */
export function matrixLabels(models: readonly Pick<MeasuredModel, 'perClass' | 'confusion'>[]): {
  labels: readonly string[]
  /** Whether there are more that occur. */
  isPart: boolean
} {
  const mistakes = new Map<string, number>()
  for (const { perClass, confusion } of models) {
    confusion.forEach((row, truth) =>
      row.forEach((count, answer) => {
        if (count === 0) return
        for (const index of truth === answer ? [truth] : [truth, answer]) {
          const label = perClass[index]?.label ?? ''
          mistakes.set(label, (mistakes.get(label) ?? 0) + (truth === answer ? 0 : count))
        }
      }),
    )
  }
  const order = (models.at(-1)?.perClass ?? []).map(({ label }) => label)
  const chosen = [...mistakes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostShown)
    .map(([label]) => label)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
  return { labels: chosen, isPart: chosen.length < mistakes.size }
}
