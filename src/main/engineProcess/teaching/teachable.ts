import { AppError } from '../../../shared/errors/appError'
import type { ModelCard } from '../../../shared/model/modelCard'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { TeachingPlan } from '../../../shared/teaching/teaching'
import type { SampleSet } from '../../data/augment/batchPlan'
import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { sittingsOf } from '../../data/sittings'
import { readReplay, type Replay } from '../../data/replay/replayFile'
import { selectLabels } from '../../data/selectSamples'
import { messageOf } from '../../engine/model/messageOf'
import { readCharacterCard, readWeights } from '../../engine/model/modelFolder'
import type { Parameters } from '../../engine/network/parameter'
import { chooseRung } from './rungs'

/** A new class can be learned from so many samples on. */
const leastForNewClass = 3

/** A model that can be taught. */
export interface Teachable {
  readonly folder: string
  readonly card: ModelCard
  readonly parameters: Parameters
  readonly replay: Replay
}

/** @throws AppError 'model-broken', 'replay-missing' where nothing travels with the model to tell what it would forget */
export async function openTeachable(folder: string): Promise<Teachable> {
  const card = await readCharacterCard(folder)
  const parameters = await readWeights(folder)
  const replay = await readReplay(folder).catch((error: unknown) => {
    throw new AppError('model-broken', { folder, detail: messageOf(error) }, { cause: error })
  })
  const { width, height } = card.spec.input
  if (!replay) throw new AppError('replay-missing', { model: card.name })
  if (replay.width !== width || replay.height !== height || replay.training.labels.length === 0) {
    throw new AppError('model-broken', { folder, detail: 'replay.gz is of another model' })
  }
  return { folder, card, parameters, replay }
}

/** What a model is taught with. */
export interface Lesson {
  readonly plan: TeachingPlan
  readonly reason: 'few-samples' | 'some-samples' | 'many-samples'
  /** The base's, with the new classes at the end. */
  readonly spec: ModelSpec
  /** Without the samples of new classes that have too few. */
  readonly own: SampleSet
}

/**
 * @param shots at most so many samples of each class are learned from; null learns from all
 * @throws AppError as openDataset; 'data-empty' where no class has enough samples
 */
export async function openLesson(
  { card }: Pick<Teachable, 'card'>,
  data: string,
  shots: number | null,
  signal: AbortSignal,
): Promise<Lesson> {
  const whole = await openDataset(data, card.spec.input, signal)
  const known = new Set(card.spec.classes)
  const counts = countLabels(whole)
  const tooFew = whole.labels.filter(
    (label) => !known.has(label) && (counts.get(label) ?? 0) < leastForNewClass,
  )
  const kept = whole.labels.filter((label) => !tooFew.includes(label))
  const dataset = tooFew.length === 0 ? whole : selectLabels(whole, kept)
  if (dataset.count === 0) throw new AppError('data-empty', { data })
  const added = kept.filter((label) => !known.has(label))
  const spec = { ...card.spec, classes: [...card.spec.classes, ...added] }
  const numberOf = new Map(spec.classes.map((label, index) => [label, index]))
  const { rung, reason } = chooseRung(
    kept.map((label) => Math.min(shots ?? Infinity, counts.get(label) ?? 0)),
  )
  return {
    plan: {
      base: card.name,
      coverage: [...card.spec.classes, ...whole.labels.filter((label) => !known.has(label))].map((label) => ({
        label,
        samples: counts.get(label) ?? 0,
        isNew: !known.has(label),
      })),
      samples: whole.count,
      groups: new Set(sittingsOf(dataset)).size,
      rung,
      tooFew,
    },
    reason,
    spec,
    own: {
      dataset,
      classIndex: dataset.labelIndex.map((label) => numberOf.get(dataset.labels[label] ?? '') ?? -1),
      indices: Int32Array.from({ length: dataset.count }, (_, index) => index),
    },
  }
}

function countLabels({ labels, labelIndex }: Dataset): Map<string, number> {
  const counts = new Map(labels.map((label) => [label, 0]))
  for (const index of labelIndex) {
    const label = labels[index] ?? ''
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}
