import { setImmediate as nextTurn } from 'node:timers/promises'
import { UMAP } from 'umap-js'
import { Random } from '../../../shared/random'
import type { MapStep } from '../../../shared/samples/sampleMap'
import { toEmbeddings, type Embeddings } from '../audit/embed'
import { nearestSamples, type Neighbour } from '../audit/nearestSamples'
import { drawSome } from './drawSome'

/** UMAP itself lays out so many, as its time grows faster than their number; the others are put between those that they are like. */
const usuallyFitted = 3000
/** As in the method's paper: fewer show only the smallest groups. */
const neighbours = 15
/** Of those that are most alike, so many say where a sample that was not fitted lies. */
const neighboursOfOthers = 5
/** How close UMAP lets samples come: more than its own 0.1, so that the shape within a group is seen. */
const minDist = 0.4
/** Samples between two looks at the signal. */
const atOnce = 32

interface Options {
  readonly seed: number
  readonly mostFitted?: number
  readonly signal?: AbortSignal
  readonly onStep?: (step: MapStep) => void
}

/**
 * Lays samples out in a plane so that those alike lie together: UMAP (McInnes, Healy & Melville 2018, by umap-js) on their exact
 * nearest neighbours by the cosine. The same for the same features and seed.
 * @param features [count, size]
 * @returns [count, 2], about 0, the farthest at 1
 */
export async function layOutMap(
  features: Float32Array,
  count: number,
  { seed, mostFitted = usuallyFitted, signal, onStep }: Options,
): Promise<Float32Array> {
  const places = new Float32Array(count * 2)
  // Fewer have no shape.
  if (count < 4) return places.map((_, at) => (at % 2 === 0 ? Math.floor(at / 2) / 2 : 0))
  const embeddings = toEmbeddings(features, count)
  const fittedCount = Math.min(mostFitted, count)
  const fitted = [...drawSome(count, fittedCount, seed)]
  const near = await findNeighbours(embeddings, fitted, fitted, Math.min(neighbours, fittedCount - 1) - 1, {
    ...(signal && { signal }),
    onProgress: (done) => onStep?.({ step: 'neighbours', done, total: fittedCount }),
  })
  const layout = await runUmap(fitted, near, { seed, ...(signal && { signal }), ...(onStep && { onStep }) })
  fitted.forEach((sample, at) => places.set(layout[at] ?? [0, 0], sample * 2))
  const isFitted = new Set(fitted)
  const others = Array.from({ length: count }, (_, sample) => sample).filter(
    (sample) => !isFitted.has(sample),
  )
  const nearOthers = await findNeighbours(embeddings, others, fitted, neighboursOfOthers, {
    ...(signal && { signal }),
    onProgress: (done) => onStep?.({ step: 'placing', done, total: others.length }),
  })
  others.forEach((sample, at) => places.set(between(nearOthers[at] ?? [], places), sample * 2))
  return centred(places)
}

async function findNeighbours(
  embeddings: Embeddings,
  samples: readonly number[],
  among: readonly number[],
  count: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress: (done: number) => void },
): Promise<Neighbour[][]> {
  const found: Neighbour[][] = []
  for (const sample of samples) {
    found.push(nearestSamples(embeddings, sample, among, count))
    if (found.length % atOnce > 0) continue
    onProgress(found.length)
    await nextTurn()
    signal?.throwIfAborted()
  }
  return found
}

async function runUmap(
  fitted: readonly number[],
  near: readonly (readonly Neighbour[])[],
  { seed, signal, onStep }: Options,
): Promise<number[][]> {
  const random = new Random(seed, 0x3a9)
  const placeOf = new Map(fitted.map((sample, at) => [sample, at]))
  // Each sample is the first of its own neighbours.
  const indices = near.map((each, at) => [at, ...each.map(({ sample }) => placeOf.get(sample) ?? 0)])
  const distances = near.map((each) => [0, ...each.map(({ likeness }) => Math.max(0, 1 - likeness))])
  const umap = new UMAP({ nNeighbors: indices[0]?.length ?? 2, minDist, random: () => random.uniform() })
  umap.setPrecomputedKNN(indices, distances)
  // With its neighbours given, all that it looks at is how many there are.
  const total = umap.initializeFit(fitted.map(() => [0]))
  for (let done = 0; done < total; done++) {
    umap.step()
    onStep?.({ step: 'layout', done: done + 1, total })
    await nextTurn()
    signal?.throwIfAborted()
  }
  return umap.getEmbedding()
}

/** The mean of the neighbours' places, of which a nearer one counts more. */
function between(near: readonly Neighbour[], places: Float32Array): [number, number] {
  let [x, y, sum] = [0, 0, 0]
  for (const { sample, likeness } of near) {
    const weight = 1 / Math.max(1e-3, 1 - likeness)
    x += weight * (places[sample * 2] ?? 0)
    y += weight * (places[sample * 2 + 1] ?? 0)
    sum += weight
  }
  return [x / sum, y / sum]
}

function centred(places: Float32Array): Float32Array {
  const range = (axis: 0 | 1): { middle: number; half: number } => {
    let [low, high] = [Infinity, -Infinity]
    for (let at = axis; at < places.length; at += 2) {
      low = Math.min(low, places[at] ?? 0)
      high = Math.max(high, places[at] ?? 0)
    }
    return { middle: (low + high) / 2, half: (high - low) / 2 }
  }
  const axes = [range(0), range(1)] as const
  const half = Math.max(axes[0].half, axes[1].half) || 1
  return places.map((value, at) => (value - axes[at % 2 === 0 ? 0 : 1].middle) / half)
}
