import type { Client } from '../../shared/contract/client'
import { toAppError } from '../../shared/contract/clientError'
import type { StorageReport } from '../../shared/contract/storage'
import type { AppError } from '../../shared/errors/appError'

/** 0 to 1; null while other work is waited for. */
export interface Moving {
  readonly share: number | null
}

/** What the data folder holds, and the moving and emptying of it. */
export class StorageState {
  report = $state.raw<StorageReport | null>(null)
  moving = $state.raw<Moving | null>(null)
  /** Why the last move failed. */
  error = $state.raw<AppError | null>(null)
  /** Longhand starts anew: in the new folder, or an empty one. */
  isRestarting = $state(false)
  #stop: AbortController | null = null

  constructor(
    private readonly client: Pick<Client, 'storage' | 'samples' | 'models'>,
    private readonly onError: (thrown: unknown) => void,
  ) {}

  async load(): Promise<void> {
    try {
      this.report = await this.client.storage.survey()
    } catch (thrown) {
      this.onError(thrown)
    }
  }

  async move(folder: string): Promise<void> {
    if (this.moving) return
    this.#stop = new AbortController()
    const { signal } = this.#stop
    this.moving = { share: null }
    this.error = null
    try {
      for await (const event of await this.client.storage.move({ folder }, { signal })) {
        if (event.event === 'progress')
          this.moving = { share: event.totalBytes > 0 ? event.doneBytes / event.totalBytes : null }
        else if (event.event === 'done') this.isRestarting = true
      }
    } catch (thrown) {
      // Once it is done the line breaks, as Longhand starts anew.
      if (!signal.aborted && !this.isRestarting) this.error = toAppError(thrown)
    } finally {
      this.moving = null
      this.#stop = null
    }
    if (!this.isRestarting) await this.load()
  }

  cancelMove(): void {
    this.#stop?.abort()
  }

  /** @returns how many bytes are free again; null where it failed, which has been said */
  async removeEarlier(): Promise<number | null> {
    try {
      const { freedBytes } = await this.client.storage.removeEarlier()
      await this.load()
      return freedBytes
    } catch (thrown) {
      this.onError(thrown)
      return null
    }
  }

  /** @returns how many samples there were; null likewise */
  async wipeSamples(): Promise<number | null> {
    return this.#wipe(async () => (await this.client.samples.wipe()).samples)
  }

  /** @returns how many models there were; null likewise */
  async wipeModels(): Promise<number | null> {
    return this.#wipe(async () => (await this.client.models.wipe()).deleted.length)
  }

  async wipeEverything(): Promise<void> {
    this.isRestarting = true
    try {
      await this.client.storage.wipe()
    } catch (thrown) {
      if (toAppError(thrown).code === 'connection-lost') return
      this.isRestarting = false
      this.onError(thrown)
    }
  }

  async #wipe(work: () => Promise<number>): Promise<number | null> {
    try {
      const count = await work()
      await this.load()
      return count
    } catch (thrown) {
      this.onError(thrown)
      return null
    }
  }
}
