import { availableParallelism } from 'node:os'
import { AppError } from '../../../shared/errors/appError'
import { namedSpec } from '../../../shared/model/specs'
import type { ModelCard } from '../../../shared/model/modelCard'
import { outputCount, type ModelSpec } from '../../../shared/model/modelSpec'
import { createBatchLoader } from '../../data/augment/batchLoader'
import type { Dataset } from '../../data/dataset'
import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { subset } from '../../data/selectSamples'
import { calibrate } from '../../engine/infer/calibrate'
import { readCard, readWeights, writeModel } from '../../engine/model/modelFolder'
import { countParameters, describeParameters } from '../../engine/network/describeNetwork'
import { initializeParameters, type ParameterInfo, type Parameters } from '../../engine/network/parameter'
import { sizeOf } from '../../engine/graph/shape'
import { train, type BestEpoch } from '../../engine/training/trainer'
import type { EngineContract } from '../contract'
import type { EngineHandlers } from '../protocol/serve'
import { classIndex } from './classIndex'
import { holdOut, type Split } from './holdOut'

type TrainInput = EngineContract['train']['input']

/** Trains a model from random weights, or from another model's, and writes its folder after each epoch that is the best so far. */
export function trainHandler(workerFile: string): EngineHandlers['train'] {
  return async (input, { signal, emit }) => {
    const started = performance.now()
    const { recipe, provider } = input
    const { spec, dataset } = await open(input, signal)
    const targets = classIndex(dataset, spec.classes, spec.name)
    const split = holdOut(dataset, recipe.validation, recipe.seed)
    const heldOutTruth = split.heldOut.map((index) => targets[index] ?? 0)
    const infos = describeParameters(spec)
    const parent = input.fromFolder === null ? null : await readCard(input.fromFolder)
    const start =
      input.fromFolder === null
        ? initializeParameters(infos, recipe.seed)
        : requireFit(await readWeights(input.fromFolder), infos, input.fromFolder)
    const batches = createBatchLoader({
      dataset,
      classIndex: targets,
      indices: split.training,
      input: spec.input,
      augmentation: recipe.augmentation,
      rejectClass: spec.rejects ? spec.classes.length : null,
      batchSize: recipe.batchSize,
      seed: recipe.seed,
      workers: Math.min(4, Math.max(1, availableParallelism() - 1)),
      workerFile,
    })
    try {
      emit({
        event: 'started',
        provider,
        parameters: countParameters(spec),
        trainingSamples: split.training.length,
        validationSamples: split.heldOut.length,
        epochs: recipe.epochs,
        stepsPerEpoch: batches.stepsPerEpoch,
      })
      const outcome = await train({
        spec,
        recipe,
        provider,
        start,
        batches,
        heldOut: { rasters: renderDataset(subset(dataset, split.heldOut), spec.input), truth: heldOutTruth },
        signal,
        emit,
        onBest: (best) => {
          const card = describeModel(input, spec, parent, split, best, heldOutTruth)
          return writeModel(input.outFolder, card, infos, best.parameters)
        },
      })
      return {
        event: 'done',
        path: input.outFolder,
        reason: outcome.reason,
        epochs: outcome.epochs,
        seconds: (performance.now() - started) / 1000,
        metrics: outcome.best?.metrics ?? null,
      }
    } finally {
      await batches.close()
    }
  }
}

/** @throws AppError 'model-broken' where the weights are those of another network */
function requireFit(weights: Parameters, infos: readonly ParameterInfo[], folder: string): Parameters {
  const misfit = infos.find(({ name, shape }) => weights.get(name)?.length !== sizeOf(shape))
  if (!misfit) return weights
  throw new AppError('model-broken', {
    folder,
    detail: `its weights do not fit the network at ${misfit.name}`,
  })
}

/** The data, and the spec with the classes that the data has where it names none. */
async function open(input: TrainInput, signal: AbortSignal): Promise<{ spec: ModelSpec; dataset: Dataset }> {
  if ('layers' in input.spec) {
    return { spec: input.spec, dataset: await openDataset(input.data, input.spec.input, signal) }
  }
  const { name, classes } = input.spec
  // A spec's input does not depend on its classes, so two stand in until the data tells them.
  const { input: modelInput } = namedSpec(name, classes ?? ['0', '1'])
  const dataset = await openDataset(input.data, modelInput, signal)
  return { spec: namedSpec(name, classes ?? dataset.labels), dataset }
}

function describeModel(
  input: TrainInput,
  spec: ModelSpec,
  parent: ModelCard | null,
  split: Split,
  best: BestEpoch,
  heldOutTruth: Int32Array,
): ModelCard {
  return {
    format: 1,
    name: input.name,
    created: new Date().toISOString(),
    spec,
    recipe: input.recipe,
    provider: input.provider,
    parameters: countParameters(spec),
    parent: parent?.name ?? null,
    data: [
      { name: input.data, use: 'training', samples: split.training.length },
      { name: input.data, use: 'validation', samples: split.heldOut.length },
    ],
    calibration: calibrate(best.logits, heldOutTruth, outputCount(spec), spec.classes.length),
    validation: best.metrics,
    measured: [],
    command: input.command,
    licence: '',
    notes: '',
  }
}
