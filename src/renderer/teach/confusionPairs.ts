import type { Client } from '../../shared/contract/client'

/** Samples of one character that were read as another. */
export interface ConfusionPair {
  readonly label: string
  readonly readAs: string
  readonly count: number
}

/** Of so many characters at most it is asked what they are taken for. */
const mostLabels = 12

/** What is read wrongly most among the samples of a data set, by the last model that read each of them. */
export async function loadConfusions(
  { samples }: Pick<Client, 'samples'>,
  dataset: number,
): Promise<ConfusionPair[]> {
  const { labels } = await samples.facets({ filter: { dataset, right: false } })
  const worst = [...labels].sort((a, b) => b.count - a.count).slice(0, mostLabels)
  const pairs = await Promise.all(
    worst.map(async ({ value: label }) => {
      const { predicted } = await samples.facets({ filter: { dataset, right: false, labels: [label] } })
      return predicted.map(({ value: readAs, count }) => ({ label, readAs, count }))
    }),
  )
  return pairs.flat().sort((a, b) => b.count - a.count)
}
