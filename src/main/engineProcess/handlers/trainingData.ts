import { AppError } from '../../../shared/errors/appError'
import type { ModelSpec } from '../../../shared/model/modelSpec'
import { namedSpec } from '../../../shared/model/specs'
import type { Recipe } from '../../../shared/training/recipe'
import type { SampleSet } from '../../data/augment/batchPlan'
import { sortLabels, type Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import type { EngineContract } from '../contract'
import { dataFingerprint } from './dataFingerprint'
import { holdOut } from './holdOut'
import { targetsOf } from './targets'

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
  if (spec.text) refuseForTexts(recipe)
  const split = holdOut(dataset, recipe.validation, recipe.seed)
  const targets = targetsOf(dataset, spec)
  const training = { dataset, classIndex: targets, indices: split.training }
  const heldOut = { dataset, classIndex: targets, indices: split.heldOut }
  const replay = recipe.replay && (await openReplay(recipe.replay.data, spec, signal))
  return { spec, training, heldOut, replay, fingerprint: dataFingerprint([training, heldOut, replay]) }
}

/** @throws AppError 'bad-input' where the recipe asks for what means nothing to texts */
function refuseForTexts({ labelSmoothing, classWeights, replay, freeze, augmentation }: Recipe): void {
  const asked = {
    labelSmoothing: labelSmoothing > 0,
    classWeights: classWeights !== 'none',
    replay: replay !== null,
    freeze: freeze !== 'none',
    forms: augmentation.forms > 0,
  }
  const detail = Object.entries(asked).flatMap(([name, isAsked]) => (isAsked ? [name] : []))
  if (detail.length > 0)
    throw new AppError('bad-input', { detail: `${detail.join(', ')}: not for a network that reads texts` })
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
  return { spec: namedSpec(name, classes ?? classesOf(dataset, name)), dataset }
}

/** The labels of the data, or, for a network that reads texts, their characters. */
function classesOf({ labels }: Dataset, name: string): readonly string[] {
  return namedSpec(name, ['0', '1']).text ? sortLabels(labels.flatMap((label) => Array.from(label))) : labels
}

async function openReplay(data: string, spec: ModelSpec, signal: AbortSignal): Promise<SampleSet> {
  const dataset = await openDataset(data, spec.input, signal)
  return {
    dataset,
    classIndex: targetsOf(dataset, spec),
    indices: Int32Array.from({ length: dataset.count }, (_, index) => index),
  }
}
