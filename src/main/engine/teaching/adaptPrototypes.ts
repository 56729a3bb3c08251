import { goldenSection } from '../infer/goldenSection'
import type { Parameters } from '../network/parameter'
import { headBias, headWeight } from '../network/transferParameters'
import { factorize } from './cholesky'
import { classMeans, withinCovariance, type ClassMeans, type FeatureSamples } from './classMeans'
import { fitClass } from './fitClass'
import { headLogits } from './headLogits'
import { meanCrossEntropy } from './meanCrossEntropy'

/** How many samples the base's own mean of a class counts as: the weight of the user's grows with their number. */
const priorSamples = 2

/** A new class without any sample (one that a part of the samples lacks) is never answered. */
const neverAnswered = -30

/** Into so many parts the user's samples are divided to find how far prototypes are to be trusted. */
const trials = 3

interface Adaptation {
  /** The network's parameters; those of classes that the base knew are the base's. */
  readonly parameters: Parameters
  /** Classes, then 'not a character' where there is one. */
  readonly outputs: number
  readonly classCount: number
  /** How many of the classes the base knew; the others are new. */
  readonly knownClasses: number
  /** Of the base's own data. */
  readonly replay: FeatureSamples
  readonly own: FeatureSamples
}

type Solve = (b: ArrayLike<number>) => Float64Array

/**
 * Moves each class's prototype, its mean in feature space, towards the user's samples, and blends that with the head.
 *
 * With one covariance for all classes, log p(f | mean) is linear in the features f but for a term that all classes share (linear
 * discriminant analysis; Snell et al. 2017 for prototypes as a linear layer). So that a class's mean moves from the base's to
 * the user's changes its logit by a linear function, which is added to the head: what comes out is a head like any other. The
 * moved mean is the maximum a posteriori one (Gauvain & Lee 1994), whose weight grows with the samples. Features are no normal
 * distribution, so the change is scaled by what explains the base's data and samples that were left out of the means best.
 * A new class gets the logit of its own mean against the mean of all.
 *
 * @returns all parameters, with another head
 */
export function adaptPrototypes(adaptation: Adaptation): Map<string, Float32Array> {
  const { parameters, outputs, classCount, knownClasses, replay, own } = adaptation
  const weight = Float32Array.from(parameters.get(headWeight) ?? [])
  const bias = Float32Array.from(parameters.get(headBias) ?? [])
  const size = weight.length / outputs
  for (let label = knownClasses; label < classCount; label++) {
    for (let i = 0; i < size; i++) weight[i * outputs + label] = 0
    bias[label] = neverAnswered
  }
  const head = new Map([
    [headWeight, weight],
    [headBias, bias],
  ])
  if (own.classes.length > 0 && replay.classes.length > 0) {
    const base = classMeans(replay, classCount)
    const solve = factorize(withinCovariance(replay, base), size)
    moveKnown(adaptation, head, base, solve)
    const centre = meanOf(base.means, size)
    const user = classMeans(own, classCount)
    for (let label = knownClasses; label < classCount; label++) {
      const seen = user.means[label]
      if (!seen) continue
      const direction = solve(seen.map((value, i) => value - (centre[i] ?? 0)))
      fitClass(head, outputs, label, direction, [replay, own])
    }
  }
  return new Map([...parameters, ...head])
}

/** Changes a head in place. */
function moveKnown(
  { outputs, knownClasses, classCount, replay, own }: Adaptation,
  head: Parameters,
  base: ClassMeans,
  solve: Solve,
): void {
  const shiftBy = (samples: FeatureSamples): Parameters =>
    shiftOf(head, outputs, knownClasses, base, classMeans(samples, classCount), solve)
  const shift = shiftBy(own)
  const known = keep(own, (label) => label < knownClasses)
  if (known.classes.length === 0) return
  const measured = [
    { samples: replay, shift },
    ...Array.from({ length: trials }, (_, trial) => divide(known, trial)).flatMap(({ kept, left }) =>
      left.classes.length === 0
        ? []
        : [{ samples: left, shift: kept.classes.length === 0 ? shift : shiftBy(kept) }],
    ),
  ].map(({ samples: { features, classes }, shift: change }) => ({
    classes,
    before: headLogits(features, head, outputs),
    change: headLogits(features, change, outputs),
  }))
  const loss = (scale: number): number =>
    measured.reduce((sum, { classes, before, change }, i) => {
      const logits = before.map((logit, at) => logit + scale * (change[at] ?? 0))
      const share = i === 0 ? 1 : classes.length / known.classes.length
      return sum + share * meanCrossEntropy(logits, classes, outputs)
    }, 0)
  const scale = Math.exp(goldenSection((log) => loss(Math.exp(log)), Math.log(1e-4), 0))
  for (const [name, values] of head) {
    const change = shift.get(name)
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + scale * (change?.[i] ?? 0)
  }
}

/** By how much a head changes where the means of known classes move towards the user's. */
function shiftOf(
  head: Parameters,
  outputs: number,
  knownClasses: number,
  base: ClassMeans,
  user: ClassMeans,
  solve: Solve,
): Parameters {
  const weight = new Float32Array(head.get(headWeight)?.length ?? 0)
  const bias = new Float32Array(outputs)
  for (let label = 0; label < knownClasses; label++) {
    const from = base.means[label]
    const seen = user.means[label]
    if (!from || !seen) continue
    const count = user.counts[label] ?? 0
    const share = count / (count + priorSamples)
    const to = from.map((value, i) => value + share * ((seen[i] ?? 0) - value))
    const [left, right] = [solve(to), solve(from)]
    left.forEach((value, i) => (weight[i * outputs + label] = value - (right[i] ?? 0)))
    bias[label] = -(dot(to, left) - dot(from, right)) / 2
  }
  return new Map([
    [headWeight, weight],
    [headBias, bias],
  ])
}

/** Every sample of each class in turn is left out once. */
function divide(samples: FeatureSamples, trial: number): { kept: FeatureSamples; left: FeatureSamples } {
  const counts = new Map<number, number>()
  const isLeft = Array.from(samples.classes, (label) => {
    const count = counts.get(label) ?? 0
    counts.set(label, count + 1)
    return count % trials === trial
  })
  return {
    kept: keep(samples, (_, sample) => !isLeft[sample]),
    left: keep(samples, (_, sample) => isLeft[sample] ?? false),
  }
}

function keep(
  { features, classes }: FeatureSamples,
  isKept: (label: number, sample: number) => boolean,
): FeatureSamples {
  const size = features.length / Math.max(1, classes.length)
  const indices = [...classes.keys()].filter((sample) => isKept(classes[sample] ?? 0, sample))
  const kept = new Float32Array(indices.length * size)
  indices.forEach((sample, at) => kept.set(features.subarray(sample * size, (sample + 1) * size), at * size))
  return { features: kept, classes: Int32Array.from(indices, (sample) => classes[sample] ?? 0) }
}

function meanOf(means: readonly (Float64Array | null)[], size: number): Float64Array {
  const known = means.filter((mean) => mean !== null)
  return Float64Array.from(
    { length: size },
    (_, i) => known.reduce((sum, mean) => sum + (mean[i] ?? 0), 0) / Math.max(1, known.length),
  )
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}
