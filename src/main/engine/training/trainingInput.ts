import type { ModelSpec } from '../../../shared/model/modelSpec'
import type { Batch } from '../../../shared/training/batch'
import type { Provider, Recipe } from '../../../shared/training/recipe'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import type { Parameters } from '../network/parameter'
import type { KeptEpoch } from './keptEpoch'
import type { PauseGate } from './pauseGate'
import type { CheckpointStore, TrainingCheckpoint } from './trainingCheckpoint'

/** Where batches come from; the engine does not know what they were made of. */
export interface BatchSource {
  readonly stepsPerEpoch: number
  /** The same batches whenever it is asked for the same epoch, from a step on. */
  epoch(epoch: number, fromStep: number): AsyncIterable<Batch>
}

/** Held-out samples: rasters [count, height, width] with their true classes [count], or texts [count, longest]. */
export interface HeldOut {
  readonly rasters: Uint8Array
  readonly truth: Int32Array
}

export interface TrainingInput {
  readonly spec: ModelSpec
  readonly recipe: Recipe
  readonly provider: Provider
  /** Where TensorFlow is set up, to train with it; all else is then still the provider's. Null trains with ONNX Runtime. */
  readonly tensorflowFolder?: string | null
  /** The first weights; where `from` is given, its own take their place. */
  readonly start: Parameters
  /** A checkpoint to go on from. */
  readonly from?: TrainingCheckpoint | undefined
  readonly batches: BatchSource
  /** How many of the first layers the batches have been through already. */
  readonly skip?: number
  readonly heldOut: HeldOut
  /** Other samples to tell of after each epoch, by what they are called. */
  readonly watched?: Readonly<Record<string, HeldOut>>
  readonly checkpoints: CheckpointStore
  /** Between two checkpoints within an epoch; 0 writes one after every step. There is one after each epoch anyway. */
  readonly checkpointSeconds: number
  readonly signal: AbortSignal
  /** Where the training waits while it is paused. */
  readonly gate?: PauseGate
  readonly emit: (event: TrainingEvent) => void
  /**
   * Called after each epoch that is to be kept.
   * @param provider what computed it
   * @throws AppError 'file-unwritable'; it is then called again later
   */
  writeModel(kept: KeptEpoch, provider: Provider): Promise<void>
}

export interface TrainingOutcome {
  readonly reason: 'finished' | 'cancelled' | 'stopped-early'
  readonly epochs: number
  readonly kept: KeptEpoch | null
}
