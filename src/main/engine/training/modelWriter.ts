import { isAppError } from '../../../shared/errors/appError'
import type { TrainingEvent } from '../../../shared/training/trainingEvent'
import type { KeptEpoch } from './keptEpoch'

/** Sees to it that the kept epoch's model is written, once, and at the latest at the end. */
export class ModelWriter {
  #written: KeptEpoch | null = null
  #warned = false

  /** @param writeModel throws AppError 'file-unwritable' */
  constructor(
    private readonly writeModel: (kept: KeptEpoch) => Promise<void>,
    private readonly emit: (event: TrainingEvent) => void,
  ) {}

  /** @throws AppError 'file-unwritable' */
  async write(kept: KeptEpoch | null): Promise<void> {
    if (!kept || kept === this.#written) return
    await this.writeModel(kept)
    this.#written = kept
  }

  /** Within a training a model that cannot be written is no more than a warning, given once: it is tried again later. */
  async tryToWrite(kept: KeptEpoch | null): Promise<void> {
    try {
      await this.write(kept)
    } catch (error) {
      if (!isAppError(error, 'file-unwritable')) throw error
      const { detail } = error.data
      if (!this.#warned) this.emit({ event: 'warning', about: 'model-unwritable', detail })
      this.#warned = true
    }
  }
}
