import { setImmediate as nextTurn } from 'node:timers/promises'
import { goldenSection } from '../infer/goldenSection'
import { argMax } from '../infer/probabilities'
import type { Parameters } from '../network/parameter'
import type { FeatureSamples } from '../teaching/classMeans'
import { headLogits } from '../teaching/headLogits'
import { meanCrossEntropy } from '../teaching/meanCrossEntropy'
import type { FoldPlan } from './assignFolds'
import { fitDiscriminant, leastOfClass } from './fitDiscriminant'

/** Samples between two looks at the signal. */
const chunk = 256
/** Samples that a temperature is fitted on. */
const fittedOn = 2000

/** What a model that has not learned from them makes of samples. */
export interface Judgements {
  /** [samples], log probability of each one's own class; NaN where that had too few other samples. */
  readonly own: Float32Array
  /** [samples], the likeliest class of each, and its log probability. */
  readonly likeliest: Int32Array
  readonly best: Float32Array
}

/**
 * Cross-validated predictions: for each fold a head is fitted on the features of all others, its temperature on those that it is
 * asked about. Of each sample only what is needed is kept, so that thousands of classes take no more memory than ten.
 */
export async function judgeSamples(
  samples: FeatureSamples,
  classCount: number,
  { count: folds, foldOf }: FoldPlan,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
): Promise<Judgements> {
  const count = samples.classes.length
  const own = new Float32Array(count).fill(NaN)
  const likeliest = new Int32Array(count)
  const best = new Float32Array(count).fill(-Infinity)
  let done = 0
  for (let fold = 0; fold < folds; fold++) {
    signal?.throwIfAborted()
    const training = select(samples, (sample) => foldOf[sample] !== fold)
    const asked = [...foldOf.keys()].filter((sample) => foldOf[sample] === fold)
    if (asked.length === 0 || training.classes.length === 0) continue
    const known = countClasses(training.classes, classCount).map((number) => number >= leastOfClass)
    const head = fitDiscriminant(training, classCount)
    const temperature = fitTemperature(samples, asked, known, head, classCount)
    for (let start = 0; start < asked.length; start += chunk) {
      await nextTurn()
      signal?.throwIfAborted()
      const part = asked.slice(start, start + chunk)
      const logits = headLogits(pick(samples, part).features, head, classCount)
      part.forEach((sample, at) => {
        const row = logSoftmax(logits.subarray(at * classCount, (at + 1) * classCount), temperature)
        const label = samples.classes[sample] ?? 0
        if (known[label]) own[sample] = row[label] ?? NaN
        const answer = argMax(row)
        likeliest[sample] = answer
        best[sample] = row[answer] ?? -Infinity
      })
      done += part.length
      onProgress?.(done)
    }
  }
  return { own, likeliest, best }
}

/** The one that makes the labels likeliest (Guo et al. 2017); of samples evenly spread. */
function fitTemperature(
  samples: FeatureSamples,
  asked: readonly number[],
  known: readonly boolean[],
  head: Parameters,
  classCount: number,
): number {
  const judged = asked.filter((sample) => known[samples.classes[sample] ?? 0])
  const step = Math.max(1, Math.floor(judged.length / fittedOn))
  const { features, classes } = pick(
    samples,
    judged.filter((_, at) => at % step === 0),
  )
  if (classes.length === 0) return 1
  const logits = headLogits(features, head, classCount)
  const loss = (log: number): number =>
    meanCrossEntropy(
      logits.map((logit) => logit / Math.exp(log)),
      classes,
      classCount,
    )
  return Math.exp(goldenSection(loss, -1, 4))
}

/** Log probabilities, in place of the logits. */
function logSoftmax(logits: Float32Array, temperature: number): Float32Array {
  const largest = logits.reduce((max, logit) => Math.max(max, logit), -Infinity)
  const sum = logits.reduce((total, logit) => total + Math.exp((logit - largest) / temperature), 0)
  const log = Math.log(sum)
  return logits.map((logit) => (logit - largest) / temperature - log)
}

function countClasses(classes: Int32Array, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0)
  for (const label of classes) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

function select(samples: FeatureSamples, isChosen: (sample: number) => boolean): FeatureSamples {
  return pick(samples, [...samples.classes.keys()].filter(isChosen))
}

function pick({ features, classes }: FeatureSamples, chosen: readonly number[]): FeatureSamples {
  const size = features.length / classes.length
  const picked = new Float32Array(chosen.length * size)
  chosen.forEach((sample, at) => picked.set(features.subarray(sample * size, (sample + 1) * size), at * size))
  return { features: picked, classes: Int32Array.from(chosen, (sample) => classes[sample] ?? 0) }
}
