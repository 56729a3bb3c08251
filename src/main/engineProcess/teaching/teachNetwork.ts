import type { ModelSpec } from '../../../shared/model/modelSpec'
import { outputCount } from '../../../shared/model/modelSpec'
import {
  trainedRungs,
  type TeachingRung,
  type TeachingTuning,
  type TrainedRung,
} from '../../../shared/teaching/teaching'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import { createBatchLoader, type BatchLoader } from '../../data/augment/batchLoader'
import type { SampleSet } from '../../data/augment/batchPlan'
import { createFeatureBatches, type FeatureSet } from '../../data/augment/featureBatches'
import { renderDataset } from '../../data/renderDataset'
import { subset } from '../../data/selectSamples'
import { freezeLayers } from '../../engine/network/freezing'
import type { Parameters } from '../../engine/network/parameter'
import { transferParameters } from '../../engine/network/transferParameters'
import { adaptPrototypes } from '../../engine/teaching/adaptPrototypes'
import { computeFront } from '../../engine/training/frontFeatures'
import type { PauseGate } from '../../engine/training/pauseGate'
import { train } from '../../engine/training/trainer'
import type { HeldOut } from '../../engine/training/trainingInput'
import { copySamples, drawScribbles, type LabelledRasters } from './copies'
import type { ReplayFronts } from './replayFronts'
import { augmentationOf, copiesFor, recipeOf, trainedSpec } from './rungs'
import type { StageStore } from './stageStore'

/** The model that is taught. */
export interface BaseNetwork {
  readonly spec: ModelSpec
  readonly parameters: Parameters
}

export interface TeachingContext {
  readonly signal: AbortSignal
  readonly gate?: PauseGate
  readonly emit: (event: TrainingEvent) => void
  /** The built augmentWorker.js; null makes batches on this thread. */
  readonly workerFile: string | null
  /** Where what is done is kept. */
  readonly stages: StageStore
  /** Of this base and what is replayed of it. */
  readonly fronts: ReplayFronts
  /** Told before each training. */
  readonly onRung?: (rung: TeachingRung) => void
}

export interface TeachingTask {
  readonly base: BaseNetwork
  /** The base's, with new classes at the end. */
  readonly spec: ModelSpec
  /** The user's samples. */
  readonly own: SampleSet
  /** The base's own data to learn from again. */
  readonly replay: SampleSet
  /** What the curves are measured on. */
  readonly heldOut: HeldOut
  /** Other curves, by what they are of. */
  readonly watched?: Readonly<Record<string, HeldOut>>
  readonly rung: TeachingRung
  readonly tuning: TeachingTuning
  readonly seed: number
}

/**
 * Fits a network to samples of one hand, by a rung. Prototypes come first and are the start of all others.
 * @returns the parameters of `spec`
 */
export async function teachNetwork(task: TeachingTask, context: TeachingContext): Promise<Parameters> {
  const { spec, base, rung, seed } = task
  const start = transferParameters(base, spec, seed)
  context.onRung?.('prototypes')
  let parameters: Parameters = await adapt(task, start, context)
  for (const trained of trainedRungs(rung)) {
    context.signal.throwIfAborted()
    context.onRung?.(trained)
    parameters = await trainRung(trained, task, parameters, context)
  }
  return parameters
}

async function adapt(task: TeachingTask, start: Parameters, context: TeachingContext): Promise<Parameters> {
  const { base, spec, own, replay } = task
  const layers = spec.layers.length
  const { rasters, outputs: classes } = plain(own, spec)
  return adaptPrototypes({
    parameters: start,
    outputs: outputCount(spec),
    classCount: spec.classes.length,
    knownClasses: base.spec.classes.length,
    replay: {
      features: await replayFront(task, start, layers, context),
      classes: classesOf(replay),
    },
    own: { features: await front(spec, start, layers, rasters, context), classes },
  })
}

async function trainRung(
  rung: TrainedRung,
  task: TeachingTask,
  start: Parameters,
  context: TeachingContext,
): Promise<Parameters> {
  const { spec, heldOut, watched, seed, tuning } = task
  const stage = await context.stages.open(rung)
  if (stage.finished) return stage.finished
  const count = task.own.indices.length
  const samples = rung === 'full' ? count : count * copiesFor(count, task.tuning)
  const recipe = recipeOf(rung, spec, samples, task.tuning, seed)
  const trained = trainedSpec(spec, tuning)
  const skip = rung === 'full' ? 0 : freezeLayers(trained, recipe.freeze).front
  const share = recipe.replay?.share ?? 0.5
  const batches =
    skip === 0
      ? changingBatches(task, recipe, share, context)
      : await cachedBatches(task, recipe, share, start, skip, context)
  try {
    const outcome = await train({
      ...{
        spec: trained,
        recipe,
        provider: tuning.provider ?? 'cpu',
        start,
        batches,
        skip,
        heldOut,
      },
      ...(watched && { watched }),
      ...{ from: stage.from, checkpoints: stage.checkpoints, checkpointSeconds: 5 },
      signal: context.signal,
      ...(context.gate && { gate: context.gate }),
      emit: context.emit,
      writeModel: () => Promise.resolve(),
    })
    context.signal.throwIfAborted()
    if (!outcome.kept) throw new Error('the training kept nothing')
    await stage.finish(outcome.kept.parameters)
    return outcome.kept.parameters
  } finally {
    await batches.close()
  }
}

type Recipe = ReturnType<typeof recipeOf>

/** Samples that are changed anew at each pass, as whole pictures. */
function changingBatches(
  { spec, own, replay }: TeachingTask,
  { augmentation, batchSize, seed }: Recipe,
  share: number,
  { workerFile }: TeachingContext,
): BatchLoader {
  return createBatchLoader({
    labelLength: 1,
    ...own,
    replay: { ...replay, share },
    outputWeights: null,
    input: spec.input,
    augmentation,
    rejectClass: spec.rejects ? spec.classes.length : null,
    batchSize,
    seed,
    workers: workerFile === null ? 0 : 1,
    workerFile: workerFile ?? '',
  })
}

/** Copies of the samples that go through the frozen layers once. */
async function cachedBatches(
  task: TeachingTask,
  { batchSize }: Recipe,
  share: number,
  start: Parameters,
  skip: number,
  context: TeachingContext,
): Promise<BatchLoader> {
  const { spec, own, replay, tuning, seed } = task
  const throughFront = async ({ rasters, outputs }: LabelledRasters): Promise<FeatureSet> => ({
    features: await front(spec, start, skip, rasters, context),
    outputs,
  })
  const copies = copiesFor(own.indices.length, tuning)
  const scribbles = await throughFront(drawScribbles(spec, seed))
  return createFeatureBatches({
    ...(await throughFront(
      copySamples(own, spec, { copies, augmentation: augmentationOf(spec, tuning) }, seed),
    )),
    replay: {
      features: joinFloats(await replayFront(task, start, skip, context), scribbles.features),
      outputs: Int32Array.from([...classesOf(replay), ...scribbles.outputs]),
      share,
    },
    outputWeights: null,
    batchSize,
    seed,
  })
}

function replayFront(
  { spec, replay }: TeachingTask,
  start: Parameters,
  layers: number,
  context: TeachingContext,
): Promise<Float32Array> {
  return context.fronts.of(layers, () => front(spec, start, layers, plain(replay, spec).rasters, context))
}

function classesOf({ indices, classIndex }: SampleSet): Int32Array {
  return indices.map((index) => classIndex[index] ?? 0)
}

function joinFloats(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}

function front(
  spec: ModelSpec,
  parameters: Parameters,
  layers: number,
  rasters: Uint8Array,
  { signal }: TeachingContext,
): Promise<Float32Array> {
  return computeFront(spec, parameters, layers, rasters, { provider: 'cpu', signal })
}

/** The samples of a set as they are. */
export function plain(set: SampleSet, spec: ModelSpec): LabelledRasters {
  return {
    rasters: renderDataset(subset(set.dataset, set.indices), spec.input),
    outputs: classesOf(set),
  }
}
