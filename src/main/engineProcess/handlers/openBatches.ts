import { availableParallelism } from 'node:os'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import { createBatchLoader, type BatchLoader } from '../../data/augment/batchLoader'
import type { SampleSet } from '../../data/augment/batchPlan'
import { distorts } from '../../data/augment/distorts'
import { createFeatureBatches, type FeatureSet } from '../../data/augment/featureBatches'
import { renderDataset } from '../../data/renderDataset'
import { subset } from '../../data/selectSamples'
import { labelLength } from '../../../shared/model/modelSpec'
import { sizeOf } from '../../engine/graph/shape'
import { frontShape } from '../../engine/network/describeNetwork'
import { freezeLayers } from '../../engine/network/freezing'
import type { Parameters } from '../../engine/network/parameter'
import { computeFront } from '../../engine/training/frontFeatures'
import { outputWeights } from './outputWeights'
import type { TrainingData } from './trainingData'

interface OpenedBatches {
  readonly batches: BatchLoader
  /** How many of the network's first layers the batches have been through already. */
  readonly skip: number
}

interface Options {
  readonly provider: Provider
  readonly signal: AbortSignal
  /** The built augmentWorker.js. */
  readonly workerFile: string
}

/** More than this is not kept in memory for the sake of speed. */
const mostFeatureBytes = 512 * 2 ** 20

/**
 * The batches of a training. Where its first layers are frozen and its samples the same in every epoch, they go through those
 * layers once, here; else they are augmented in worker threads.
 * @param parameters of the frozen layers at least
 */
export async function openBatches(
  data: TrainingData,
  recipe: Recipe,
  parameters: Parameters,
  options: Options,
): Promise<OpenedBatches> {
  const { spec, training } = data
  const { batchSize, seed } = recipe
  const replay = data.replay && recipe.replay && { ...data.replay, share: recipe.replay.share }
  const weights = outputWeights(recipe.classWeights, spec, training)
  const skip = frontToCompute(data, recipe)
  if (skip > 0) {
    const featuresOf = (set: SampleSet): Promise<FeatureSet> =>
      throughFront(set, data, parameters, skip, options)
    const batches = createFeatureBatches({
      ...(await featuresOf(training)),
      replay: replay && { ...(await featuresOf(replay)), share: replay.share },
      outputWeights: weights,
      batchSize,
      seed,
    })
    return { batches, skip }
  }
  const batches = createBatchLoader({
    ...training,
    replay,
    outputWeights: weights,
    input: spec.input,
    labelLength: labelLength(spec),
    augmentation: recipe.augmentation,
    rejectClass: spec.rejects ? spec.classes.length : null,
    batchSize,
    seed,
    workers: Math.min(4, Math.max(1, availableParallelism() - 1)),
    workerFile: options.workerFile,
  })
  return { batches, skip: 0 }
}

/** How many of the first layers are worth to be run once and for all; 0 where samples change, or would take too much memory. */
export function frontToCompute({ spec, training, replay }: TrainingData, recipe: Recipe): number {
  const { augmentation, freeze } = recipe
  const { front } = freezeLayers(spec, freeze)
  const isMade = augmentation.forms > 0 || (spec.rejects && augmentation.scribbles > 0)
  if (front === 0 || isMade || distorts(augmentation)) return 0
  const samples = training.indices.length + (replay?.indices.length ?? 0)
  const bytes = 4 * samples * sizeOf(frontShape(spec, front).slice(1))
  return bytes <= mostFeatureBytes ? front : 0
}

async function throughFront(
  { dataset, indices, classIndex }: SampleSet,
  { spec }: TrainingData,
  parameters: Parameters,
  skip: number,
  { provider, signal }: Options,
): Promise<FeatureSet> {
  const rasters = renderDataset(subset(dataset, indices), spec.input)
  return {
    features: await computeFront(spec, parameters, skip, rasters, { provider, signal }),
    outputs: indices.map((index) => classIndex[index] ?? 0),
  }
}
