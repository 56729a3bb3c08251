import { join } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { Logger } from '../../shared/logger'
import { LockHeldError, takeLock } from '../store/lockFile'

/** One training or teaching at a time, for all processes that use a data folder. */
export class TrainingLock {
  /** Held from the check on, so that two starts at once cannot both pass. */
  #busy = false

  constructor(
    private readonly dataFolder: string,
    private readonly log: Logger,
  ) {}

  /**
   * @returns lets go of it
   * @throws AppError 'training-busy'
   */
  async take(): Promise<() => Promise<void>> {
    if (this.#busy) throw new AppError('training-busy', { pid: process.pid })
    this.#busy = true
    try {
      const unlock = await this.#lock()
      return async () => {
        await unlock()
        this.#busy = false
      }
    } catch (error) {
      this.#busy = false
      throw error
    }
  }

  /** Where no file can be made in the data folder, processes are on their own. */
  async #lock(): Promise<() => Promise<void>> {
    try {
      return await takeLock(join(this.dataFolder, 'training.lock'))
    } catch (error) {
      if (error instanceof LockHeldError) {
        throw new AppError('training-busy', { pid: error.pid }, { cause: error })
      }
      this.log.warn({ error, dataFolder: this.dataFolder }, 'trainings cannot be locked')
      return () => Promise.resolve()
    }
  }
}
