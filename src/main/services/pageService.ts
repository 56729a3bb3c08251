import type { CharacterSample, CutPage, PageBox } from '../../shared/contract/pages'
import type { SearchablePdfRequest } from '../../shared/contract/searchablePdf'
import type { FormReading, FormReadingRequest } from '../../shared/recognition/form/formReading'
import type { PageReading, PageReadingRequest } from '../../shared/recognition/page/pageReading'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { inFreshEngine } from './freshEngine'
import type { ModelService } from './modelService'

/** A page of 40 megapixels takes some seconds on a slow machine; what takes this long will not end. */
const limitMs = 120_000

/** The process that reads pages ends when there was nothing to read for so long. */
const restAfterMs = 20_000

/**
 * Cuts and reads pages of handwriting, apart from the process that the pad reads with: a page takes seconds, and may bring its
 * process down. Cutting has a process of its own each time; reading keeps one while there are pages, since folders are read.
 */
export class PageService {
  #reader: EngineProcess | null = null
  #reading = 0
  #rest: NodeJS.Timeout | undefined

  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
  ) {}

  /** @throws AppError 'picture-blank', 'sheet-missing', and what cannot be decoded */
  cut(
    request: { picture: Uint8Array; file: string; quarterTurns: number; sheet: boolean },
    signal?: AbortSignal,
  ): Promise<CutPage> {
    return inFreshEngine(
      this.createEngine,
      limitMs,
      (engine, limit) => engine.request('cutPage', request, { signal: limit }),
      signal,
    )
  }

  /** @throws AppError 'picture-blank', and what cannot be decoded */
  async read(
    request: PageReadingRequest,
    model: string | undefined,
    signal?: AbortSignal,
  ): Promise<PageReading> {
    return this.#withReader(model, signal, (reader, modelFolder, limit) =>
      reader.request('readPage', { modelFolder, request }, { signal: limit }),
    )
  }

  /** @throws AppError 'form-unmatched', and what cannot be decoded */
  async readForm(
    request: FormReadingRequest,
    model: string | undefined,
    signal?: AbortSignal,
  ): Promise<FormReading> {
    return this.#withReader(model, signal, (reader, modelFolder, limit) =>
      reader.request('readForm', { modelFolder, request }, { signal: limit }),
    )
  }

  async #withReader<T>(
    model: string | undefined,
    signal: AbortSignal | undefined,
    read: (reader: EngineProcess, modelFolder: string, limit: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const modelFolder = await this.models.resolve(model)
    const reader = (this.#reader ??= this.createEngine())
    clearTimeout(this.#rest)
    this.#reading++
    try {
      const limit = AbortSignal.timeout(limitMs)
      const either = signal ? AbortSignal.any([signal, limit]) : limit
      return await read(reader, modelFolder, either)
    } finally {
      this.#reading--
      if (this.#reading === 0) this.#rest = setTimeout(() => void reader.rest(), restAfterMs).unref()
    }
  }

  searchablePdf(
    request: SearchablePdfRequest,
    signal?: AbortSignal,
  ): Promise<{ pdf: Uint8Array<ArrayBuffer> }> {
    return inFreshEngine(
      this.createEngine,
      limitMs,
      (engine, limit) => engine.request('drawSearchablePdf', request, { signal: limit }),
      signal,
    )
  }

  sheet(
    request: { labels: string[]; copies: number },
    signal?: AbortSignal,
  ): Promise<{ pdf: Uint8Array<ArrayBuffer>; pages: number }> {
    return inFreshEngine(
      this.createEngine,
      limitMs,
      (engine, limit) => engine.request('drawSheets', request, { signal: limit }),
      signal,
    )
  }

  async samples(
    request: { page: Uint8Array; boxes: PageBox[]; model?: string | undefined },
    signal?: AbortSignal,
  ): Promise<CharacterSample[]> {
    const { page, boxes, model } = request
    const { spec } = await this.models.card(await this.models.resolve(model))
    return inFreshEngine(
      this.createEngine,
      limitMs,
      (engine, limit) =>
        engine.request('cropCharacters', { page, boxes, input: spec.input }, { signal: limit }),
      signal,
    )
  }
}
