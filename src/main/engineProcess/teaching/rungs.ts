import type { ModelSpec } from '../../../shared/model/modelSpec'
import type {
  HandAugmentation,
  TeachingRung,
  TeachingTuning,
  TrainedRung,
  UsualTuning,
} from '../../../shared/teaching/teaching'
import { recipeSchema, type Augmentation, type Recipe } from '../../../shared/training/recipe'
import { nameLayers } from '../../engine/network/layers'

/** From so many samples a class on, the rung that 'auto' takes. */
const headFrom = 2
const lastFrom = 10

/**
 * The rung for as many samples as there are.
 * @param perClass samples of each class that has any
 */
export function chooseRung(perClass: readonly number[]): {
  rung: TeachingRung
  reason: 'few-samples' | 'some-samples' | 'many-samples'
} {
  const mean = perClass.reduce((sum, count) => sum + count, 0) / Math.max(1, perClass.length)
  if (mean < headFrom) return { rung: 'prototypes', reason: 'few-samples' }
  if (mean < lastFrom) return { rung: 'head', reason: 'some-samples' }
  return { rung: 'last', reason: 'many-samples' }
}

/** How one hand varies: less than many hands do. */
const ownAugmentation: HandAugmentation = {
  rotation: 8,
  scale: 0.1,
  shift: 1,
  shear: 0.12,
  elastic: 0.8,
  thickness: 0.5,
}
/** Share of scribbles for a model that rejects. */
const scribbles = 0.03

/** Passes over the copies of the samples; and for all layers steps, since their samples change at each pass. */
const epochs = { head: 8, last: 4 } as const
const fullSteps = 160

/** Copies of each sample: more where there are few. */
export function copiesFor(samples: number, tuning: TeachingTuning): number {
  const wanted = tuning.copies ?? Math.min(50, Math.max(20, Math.round(2000 / samples)))
  return Math.max(1, Math.min(wanted, Math.floor(20_000 / samples)))
}

export function augmentationOf(spec: ModelSpec, { augmentation }: TeachingTuning): Augmentation {
  const limits = augmentation ?? ownAugmentation
  return recipeSchema.shape.augmentation.parse({ ...limits, ...(spec.rejects && { scribbles }) })
}

/** The network as it is trained: with dropout before its head, where that is asked for. Its parameters are the same. */
export function trainedSpec(spec: ModelSpec, { dropout = 0 }: TeachingTuning): ModelSpec {
  return dropout === 0 ? spec : { ...spec, layers: [...spec.layers, { type: 'dropout', rate: dropout }] }
}

/** The recipe of one training. */
export function recipeOf(
  rung: TrainedRung,
  spec: ModelSpec,
  samples: number,
  tuning: TeachingTuning,
  seed: number,
): Recipe {
  const share = tuning.replayShare ?? 0.5
  const batchSize = tuning.batchSize ?? 64
  const stepsPerEpoch = Math.ceil(samples / (batchSize * (1 - share)))
  const rate = { head: 2e-3, last: 5e-4, full: 5e-4 }[rung]
  const passes = rung === 'full' ? Math.max(3, Math.ceil(fullSteps / stepsPerEpoch)) : epochs[rung]
  return recipeSchema.parse({
    epochs: tuning.epochs ?? passes,
    batchSize,
    optimizer: { type: tuning.optimizer ?? 'adam' },
    learningRate: tuning.learningRate ?? rate,
    schedule: tuning.schedule ?? 'one-cycle',
    freeze: { head: frozenForHead(spec, tuning), last: frozenForLast(spec), full: 'none' }[rung],
    anchor: tuning.anchor ?? 0.01,
    l2: tuning.l2 ?? 0,
    patience: tuning.patience ?? 0,
    statistics: 'keep',
    labelSmoothing: 0.03,
    replay: { data: 'replay', share },
    augmentation: rung === 'full' ? augmentationOf(spec, tuning) : {},
    keep: 'last',
    seed,
  })
}

/**
 * What a training is done with where nothing is set by hand.
 * @param count the user's samples
 */
export function usualTuning(rung: TrainedRung, spec: ModelSpec, count: number): UsualTuning {
  const copies = copiesFor(count, {})
  const recipe = recipeOf(rung, spec, rung === 'full' ? count : count * copies, {}, 1)
  const {
    epochs: passes,
    learningRate,
    batchSize,
    anchor,
    optimizer,
    schedule,
    l2,
    patience,
    replay,
  } = recipe
  return {
    ...{ epochs: passes, learningRate, batchSize, anchor, schedule, l2, patience, copies },
    ...{ optimizer: optimizer.type, replayShare: replay?.share ?? 0, dropout: 0, provider: 'cpu' },
    augmentation: ownAugmentation,
  }
}

/** All that the network had before; dropout that comes before the head stays open, so that it is drawn anew in each step. */
function frozenForHead(spec: ModelSpec, { dropout = 0 }: TeachingTuning): string[] | 'backbone' {
  return dropout === 0 ? 'backbone' : nameLayers(spec.layers, '').map(([name]) => name)
}

/** How many of the last layers with weights are trained by the rung 'last'. */
const lastLayers = 2

/** All layers before the last ones that have weights; those of a network that has no more stay open. */
function frozenForLast(spec: ModelSpec): string[] | 'none' {
  const named = nameLayers(spec.layers, '')
  const weighty = named.flatMap(([, { type }], index) =>
    ['conv2d', 'depthwiseConv2d', 'dense', 'residual'].includes(type) ? [index] : [],
  )
  const first = weighty.at(-lastLayers) ?? 0
  return first === 0 ? 'none' : named.slice(0, first).map(([name]) => name)
}
