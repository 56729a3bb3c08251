import type { Logger } from '../../../shared/logger'
import { closeStore, openStore } from '../../store/openStore'
import { purge } from '../../store/purge'
import { repairStore } from '../../store/repairStore'
import { SampleLists } from '../../store/sampleLists'
import { createStoreContext, type StoreContext } from '../../store/storeContext'

/** A store that is opened by its first use, so that a broken one only fails who asks for samples. */
export class OpenedStore {
  readonly #log: Logger
  #opened: { context: StoreContext; lists: SampleLists } | null = null

  constructor(
    readonly file: string,
    log: Logger,
  ) {
    this.#log = log
  }

  /** @throws AppError 'store-broken' */
  get(): { context: StoreContext; lists: SampleLists } {
    if (this.#opened) return this.#opened
    const store = openStore(this.file, this.#log)
    const opened = { context: createStoreContext(store), lists: new SampleLists(store) }
    this.#opened = opened
    purge(store, this.file, () => this.#opened !== opened).catch((error: unknown) =>
      this.#log.error({ error }, 'what is left over could not be deleted'),
    )
    return opened
  }

  /** Saves what can be read of a broken store; see repairStore.ts. */
  repair(): { samples: number; lost: number; broken: string } {
    this.close()
    return repairStore(this.file, this.#log)
  }

  close(): void {
    if (this.#opened) closeStore(this.#opened.context.store, this.file)
    this.#opened = null
  }
}
