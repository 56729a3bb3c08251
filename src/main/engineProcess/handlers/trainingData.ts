import type { ModelSpec } from '../../../shared/model/modelSpec'
import { namedSpec } from '../../../shared/model/specs'
import type { Recipe } from '../../../shared/training/recipe'
import type { SampleSet } from '../../data/augment/batchPlan'
import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import type { EngineContract } from '../contract'
import { classIndex } from './classIndex'
import { dataFingerprint } from './dataFingerprint'
import { holdOut } from './holdOut'

/** The data of a training, as a network sees it. */
export interface TrainingData {
  readonly spec: ModelSpec
  readonly training: SampleSet
  readonly heldOut: SampleSet
  readonly replay: SampleSet | null
  readonly fingerprint: string
}

/** Opens the data, and divides it. A spec that names no classes gets those that the data has. */
export async function openTrainingData(
  requested: EngineContract['train']['input']['spec'],
  data: string,
  recipe: Recipe,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { spec, dataset } = await open(requested, data, signal)
  const split = holdOut(dataset, recipe.validation, recipe.seed)
  const targets = classIndex(dataset, spec.classes, spec.name)
  const training = { dataset, classIndex: targets, indices: split.training }
  const heldOut = { dataset, classIndex: targets, indices: split.heldOut }
  const replay = recipe.replay && (await openReplay(recipe.replay.data, spec, signal))
  return { spec, training, heldOut, replay, fingerprint: dataFingerprint([training, heldOut, replay]) }
}

async function open(
  requested: EngineContract['train']['input']['spec'],
  data: string,
  signal: AbortSignal,
): Promise<{ spec: ModelSpec; dataset: Dataset }> {
  if ('layers' in requested) {
    return { spec: requested, dataset: await openDataset(data, requested.input, signal) }
  }
  const { name, classes } = requested
  // A spec's input does not depend on its classes, so two stand in until the data tells them.
  const { input } = namedSpec(name, classes ?? ['0', '1'])
  const dataset = await openDataset(data, input, signal)
  return { spec: namedSpec(name, classes ?? dataset.labels), dataset }
}

async function openReplay(data: string, spec: ModelSpec, signal: AbortSignal): Promise<SampleSet> {
  const dataset = await openDataset(data, spec.input, signal)
  return {
    dataset,
    classIndex: classIndex(dataset, spec.classes, spec.name),
    indices: Int32Array.from({ length: dataset.count }, (_, index) => index),
  }
}
