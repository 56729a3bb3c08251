import { createDataset, sharedBytes, type Dataset } from './dataset'

/** The samples with the given indices, in their order; labels that no longer occur are gone. */
export function subset(dataset: Dataset, indices: Int32Array): Dataset {
  const labels = Array.from(indices, (index) => dataset.labels[dataset.labelIndex[index] ?? -1] ?? '')
  const pick = (list: Dataset['writers']): Dataset['writers'] =>
    list && Array.from(indices, (index) => list[index] ?? null)
  const [writers, sittings] = [pick(dataset.writers), pick(dataset.sittings)]
  const { content } = dataset
  if (content.kind === 'ink') {
    const inks = Array.from(indices, (index) => content.inks[index] ?? [])
    return createDataset(dataset.name, labels, { kind: 'ink', inks }, writers, sittings)
  }
  const size = content.width * content.height
  const pixels = sharedBytes(indices.length * size)
  indices.forEach((index, at) =>
    pixels.set(content.pixels.subarray(index * size, (index + 1) * size), at * size),
  )
  return createDataset(dataset.name, labels, { ...content, pixels }, writers, sittings)
}

/** The same samples under other labels; a label that is not named stays. */
export function renameLabels(dataset: Dataset, names: Readonly<Record<string, string>>): Dataset {
  const labels = Array.from(dataset.labelIndex, (index) => {
    const label = dataset.labels[index] ?? ''
    return names[label] ?? label
  })
  return createDataset(dataset.name, labels, dataset.content, dataset.writers)
}

/** Keeps the samples whose label is one of `only`. */
export function selectLabels(dataset: Dataset, only: readonly string[]): Dataset {
  const kept = dataset.labels.map((label) => only.includes(label))
  const indices: number[] = []
  dataset.labelIndex.forEach((label, index) => {
    if (kept[label]) indices.push(index)
  })
  return subset(dataset, Int32Array.from(indices))
}
