import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Audit, AuditStep } from '../../../shared/samples/audit'
import type { Parameters } from '../network/parameter'
import { computeFront } from '../training/frontFeatures'
import { assignFolds } from './assignFolds'
import { findWrongLabels } from './confidentLearning'
import { reduceFeatures, toEmbeddings, type Embeddings } from './embed'
import { judgeSamples, type Judgements } from './judgeSamples'
import { duplicateSteps, findNearDuplicates } from './nearDuplicates'
import { nearestSamples } from './nearestSamples'

/** What is audited. */
export interface AuditedSamples {
  /** [count, height, width] by the model's own recipe, 0 to 255. */
  readonly rasters: Uint8Array
  /** Each label once. They need not be the model's classes. */
  readonly labels: readonly string[]
  /** [count], index into `labels`. */
  readonly labelIndex: Int32Array
  /** [count], the writer or session of each; null where none is known. */
  readonly groups: readonly (string | null)[] | null
  /** [count], whether somebody looked at its label and kept it: it is not suspected again. */
  readonly isReviewed: (sample: number) => boolean
}

/** Samples that are shown to speak for a suggestion. */
const neighboursShown = 5
/** What is told of each kind; there may be more. */
const mostTold = 1000

/** What an audit found; samples are places in what was audited. */
export type AuditFindings = Omit<Audit, 'model' | 'data' | 'seconds'> & { readonly embeddings: Embeddings }

/** Looks for wrong labels and near-duplicates, in the eyes of a model whose layers before the head stay as they are. */
export async function auditSamples(
  { spec, parameters }: { spec: ModelSpec; parameters: Parameters },
  samples: AuditedSamples,
  { signal, onStep }: { signal?: AbortSignal; onStep?: (step: AuditStep) => void } = {},
): Promise<AuditFindings> {
  const { rasters, labels, labelIndex, groups } = samples
  const total = labelIndex.length
  const report =
    (step: AuditStep['step'], of = total) =>
    (done: number): void =>
      onStep?.({ step, done, total: of })
  const options = { ...(signal && { signal }) }
  const front = await computeFront(spec, parameters, spec.layers.length, rasters, {
    ...{ provider: 'cpu', onProgress: report('features') },
    ...options,
  })
  const features = reduceFeatures(front, total)
  const folds = assignFolds(labelIndex, groups, 1)
  const judgements = await judgeSamples({ features, classes: labelIndex }, labels.length, folds, {
    ...{ onProgress: report('judging') },
    ...options,
  })
  const embeddings = toEmbeddings(features, total)
  const wrong = findWrongLabels(judgements, labelIndex, labels.length).filter(
    ({ sample }) => !samples.isReviewed(sample),
  )
  const byLabel = labels.map((_, label) => [...labelIndex.keys()].filter((at) => labelIndex[at] === label))
  const suspects: Audit['suspects'] = []
  for (const { sample, suggested, own, other, isConfident } of wrong.slice(0, mostTold)) {
    await nextTurn()
    signal?.throwIfAborted()
    suspects.push({
      ...{ sample, label: labels[labelIndex[sample] ?? 0] ?? '', suggested: labels[suggested] ?? '' },
      ...{ labelProbability: Math.exp(own), suggestedProbability: Math.exp(other), margin: other - own },
      isConfident,
      neighbours: nearestSamples(embeddings, sample, byLabel[suggested] ?? [], neighboursShown),
    })
  }
  const duplicates = await findNearDuplicates(embeddings, rasters, spec.input, {
    ...{ onProgress: report('duplicates', duplicateSteps) },
    ...options,
  })
  return {
    ...{ samples: total, ...agreementOf(judgements, labelIndex) },
    folds: { by: folds.by, count: folds.count },
    ...{
      suspectCount: wrong.length,
      confidentCount: wrong.filter(({ isConfident }) => isConfident).length,
      suspects,
      duplicateCount: duplicates.length,
      embeddings,
    },
    duplicates: duplicates.slice(0, mostTold).map(({ first, second, likeness }) => ({
      ...{ first, second, likeness },
      labels: [labels[labelIndex[first] ?? 0] ?? '', labels[labelIndex[second] ?? 0] ?? ''],
    })),
  }
}

function agreementOf(
  { own, likeliest }: Judgements,
  labelIndex: Int32Array,
): { judged: number; agreement: number } {
  let judged = 0
  let agreed = 0
  own.forEach((log, sample) => {
    if (Number.isNaN(log)) return
    judged++
    if (likeliest[sample] === labelIndex[sample]) agreed++
  })
  return { judged, agreement: judged === 0 ? 0 : agreed / judged }
}
