import type { Dataset } from '../../shared/contract/datasets'

/** What a teaching can learn from, as a choice in the wizard. */
export interface SamplesChoice {
  /** The data's reference. */
  readonly data: string
  readonly kind: 'own' | 'corrected' | 'other'
  readonly name: string
  /** A data set's id. */
  readonly dataset: number
}

/** All data sets that have samples or are the user's own, and of those what was put right alone. */
export function choicesOf(datasets: readonly Dataset[]): SamplesChoice[] {
  return datasets.flatMap(({ id, kind, name, samples }): SamplesChoice[] => {
    if (kind !== 'own') {
      return samples === 0 ? [] : [{ data: `dataset:${name}`, kind: 'other', name, dataset: id }]
    }
    return [
      { data: `dataset:${name}`, kind: 'own', name, dataset: id },
      { data: `dataset:${name}?corrected=true`, kind: 'corrected', name, dataset: id },
    ]
  })
}
