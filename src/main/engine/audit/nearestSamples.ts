import { likeness, type Embeddings } from './embed'

/** A sample and how alike it is to another. */
export interface Neighbour {
  readonly sample: number
  readonly likeness: number
}

/** Of the candidates those that are most alike to a sample, the nearest first. */
export function nearestSamples(
  embeddings: Embeddings,
  sample: number,
  candidates: Iterable<number>,
  count: number,
): Neighbour[] {
  const nearest: Neighbour[] = []
  for (const candidate of candidates) {
    if (candidate === sample) continue
    const found = { sample: candidate, likeness: likeness(embeddings, sample, candidate) }
    if (nearest.length === count && found.likeness <= (nearest.at(-1)?.likeness ?? 0)) continue
    const place = nearest.findIndex((other) => other.likeness < found.likeness)
    nearest.splice(place < 0 ? nearest.length : place, 0, found)
    if (nearest.length > count) nearest.pop()
  }
  return nearest
}
