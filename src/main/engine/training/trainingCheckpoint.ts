import { z } from 'zod'
import { evaluationMetricsSchema } from '../../../shared/recognition/evaluation'
import { epochEventSchema } from '../../../shared/training/trainingEvent'
import type { NamedTensor } from '../model/safetensors'

/**
 * Where a training is between two steps. With the recipe's seed it says all of what is random: the order and the changes of
 * the samples are drawn from (seed, epoch, sample), dropout from (seed, step).
 */
export const trainingPositionSchema = z.object({
  /** The epoch under way, from 1, and how many of its steps are done. */
  epoch: z.int().min(1),
  stepInEpoch: z.int().min(0),
  /** Steps done in all epochs; the schedule's place. */
  step: z.int().min(0),
  /** Sum of the losses of this epoch's steps so far. */
  lossSum: z.number(),
  /** The highest score of what the recipe watches, and the epoch that reached it first. */
  highest: z.object({ epoch: z.int(), score: z.number() }).nullable(),
  /** The epoch that is kept; its weights and logits are among the tensors. */
  kept: z.object({ epoch: z.int(), score: z.number(), metrics: evaluationMetricsSchema }).nullable(),
  history: z.array(epochEventSchema),
})
export type TrainingPosition = z.infer<typeof trainingPositionSchema>

/** All that a training needs to go on as if it had never stopped. */
export interface TrainingCheckpoint {
  readonly position: TrainingPosition
  /** The session's state by its keys, and the kept epoch's weights and logits. */
  readonly tensors: readonly NamedTensor[]
}

/** Where checkpoints are kept. */
export interface CheckpointStore {
  /** Names the place in errors. */
  readonly folder: string
  /**
   * Copies the tensors before it first waits.
   * @throws AppError 'file-unwritable'; then the last good one is still there
   */
  write(checkpoint: TrainingCheckpoint): Promise<void>
  /** The last good one; null where none could be written. */
  latest(): Promise<TrainingCheckpoint | null>
}

export function startPosition(): TrainingPosition {
  return { epoch: 1, stepInEpoch: 0, step: 0, lossSum: 0, highest: null, kept: null, history: [] }
}
