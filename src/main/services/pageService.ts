import type { CharacterSample, CutPage, PageBox } from '../../shared/contract/pages'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { inFreshEngine } from './freshEngine'
import type { ModelService } from './modelService'

/** A page of 40 megapixels takes some seconds on a slow machine; what takes this long will not end. */
const limitMs = 120_000

/** Cuts pages of handwriting, each time in an engine process of its own: what is read may bring that down. */
export class PageService {
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
