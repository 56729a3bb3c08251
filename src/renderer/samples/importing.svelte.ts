import type { ImportPreview, ImportRequest, ImportResult } from '../../shared/contract/sampleImport'
import type { SamplesClient } from './samplesSession.svelte'
import { uploadFiles, type GivenFile, type Uploaded } from './upload'

interface ImportNotices {
  imported(result: ImportResult): void
  failed(thrown: unknown): void
}

/** One import at a time: the look through the files, and then the import itself. Both can be cancelled. */
export class Importing {
  preview = $state.raw<ImportPreview | null>(null)
  isLooking = $state(false)
  isRunning = $state(false)
  /** Files are handed over to the program. */
  isTaking = $state(false)
  /** How much of them, 0 to 1. */
  taken = $state(0)
  /** Samples so far. */
  done = $state(0)
  readonly #client: SamplesClient
  readonly #notices: ImportNotices
  #abort: AbortController | null = null
  /** What was handed over, and is still there. */
  #upload: string | null = null

  constructor(client: SamplesClient, notices: ImportNotices) {
    this.#client = client
    this.#notices = notices
  }

  get isBusy(): boolean {
    return this.isLooking || this.isRunning || this.isTaking
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

  /** Hands files over that were dropped or chosen; null where that failed or was cancelled. */
  async take(files: readonly GivenFile[]): Promise<Uploaded | null> {
    let uploaded: Uploaded | null = null
    this.forget()
    this.isTaking = true
    this.taken = 0
    await this.#follow(async (signal) => {
      uploaded = await uploadFiles(this.#client, files, (share) => (this.taken = share), signal)
      this.#upload = uploaded?.upload ?? null
    })
    this.isTaking = false
    return uploaded
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
    const upload = this.#upload
    this.#upload = null
    // What cannot be let go of now goes with the program.
    if (upload !== null)
      this.#client.samples.dropUpload({ upload }).catch((thrown: unknown) => this.#notices.failed(thrown))
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
