import { isAppError } from '../../../shared/errors/appError'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import type { CheckpointStore, TrainingCheckpoint } from './trainingCheckpoint'

/** Writing may take a twentieth of the time: one that takes longer than this share of the interval stretches the interval. */
const largestShare = 1 / 20

/** Writes a training's checkpoints when it is time. That one cannot be written does not end the training. */
export class Checkpointer {
  #last = performance.now()
  #costMs = 0
  #warned = false

  /** @param intervalMs between two within an epoch; 0 writes one after every step */
  constructor(
    private readonly store: CheckpointStore,
    private readonly intervalMs: number,
    private readonly emit: (event: TrainingEvent) => void,
  ) {}

  get isDue(): boolean {
    const stretched = this.intervalMs === 0 ? 0 : Math.max(this.intervalMs, this.#costMs / largestShare)
    return performance.now() - this.#last >= stretched
  }

  /** Warns once where it fails, and again only after one that did not. */
  async write(checkpoint: TrainingCheckpoint): Promise<void> {
    const started = performance.now()
    try {
      await this.store.write(checkpoint)
      this.#warned = false
      const { epoch, step } = checkpoint.position
      this.emit({ event: 'checkpoint', epoch, step })
    } catch (error) {
      if (!isAppError(error, 'file-unwritable')) throw error
      if (!this.#warned) {
        this.emit({ event: 'warning', about: 'checkpoint-unwritable', detail: error.data.detail })
      }
      this.#warned = true
    }
    this.#last = performance.now()
    this.#costMs = this.#last - started
  }
}
