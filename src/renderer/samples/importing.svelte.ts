import type { ImportPreview, ImportRequest, ImportResult } from '../../shared/contract/sampleImport'
import type { SamplesClient } from './samplesSession.svelte'

interface ImportNotices {
  imported(result: ImportResult): void
  failed(thrown: unknown): void
}

/** One import at a time: the look through the files, and then the import itself. Both can be cancelled. */
export class Importing {
  preview = $state.raw<ImportPreview | null>(null)
  isLooking = $state(false)
  isRunning = $state(false)
  /** Samples so far. */
  done = $state(0)
  readonly #client: SamplesClient
  readonly #notices: ImportNotices
  #abort: AbortController | null = null

  constructor(client: SamplesClient, notices: ImportNotices) {
    this.#client = client
    this.#notices = notices
  }

  get isBusy(): boolean {
    return this.isLooking || this.isRunning
  }

  /** Looks through the files, and changes nothing. */
  async look(request: ImportRequest): Promise<void> {
    this.preview = null
    this.isLooking = true
    await this.#follow(async (signal) => {
      for await (const event of await this.#client.samples.previewImport(request, { signal })) {
        if (event.event === 'progress') this.done = event.done
        else this.preview = event.preview
      }
    })
    this.isLooking = false
  }

  /** True where the samples came in. */
  async run(request: ImportRequest): Promise<boolean> {
    let isDone = false
    this.isRunning = true
    await this.#follow(async (signal) => {
      for await (const event of await this.#client.samples.runImport(request, { signal })) {
        if (event.event === 'progress') this.done = event.done
        else {
          isDone = true
          this.#notices.imported(event.result)
        }
      }
    })
    this.isRunning = false
    return isDone
  }

  /** Nothing of what was under way stays. */
  cancel(): void {
    this.#abort?.abort()
  }

  forget(): void {
    this.cancel()
    this.preview = null
  }

  async #follow(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel()
    const abort = new AbortController()
    this.#abort = abort
    this.done = 0
    try {
      await work(abort.signal)
    } catch (thrown) {
      if (!abort.signal.aborted) this.#notices.failed(thrown)
    }
  }
}
