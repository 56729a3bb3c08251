import type { Explanation, InsideView, Subject } from '../../shared/model/explanation'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ModelService } from './modelService'

/** Why a model reads so, asked of the process that reads: it is warm, and this takes parts of a second. */
export class ExplanationService {
  constructor(
    private readonly engine: EngineProcess,
    private readonly models: ModelService,
  ) {}

  /** @throws AppError 'model-unknown', 'model-broken', 'sample-unknown' */
  async explain(
    { model, subject, label }: { model?: string | undefined; subject: Subject; label?: string | undefined },
    signal?: AbortSignal,
  ): Promise<Explanation> {
    const modelFolder = await this.models.resolve(model)
    return this.engine.request('explain', { modelFolder, subject, label: label ?? null }, { signal })
  }

  /** @throws as explain */
  async lookInside(
    { model, subject }: { model?: string | undefined; subject: Subject },
    signal?: AbortSignal,
  ): Promise<InsideView> {
    const modelFolder = await this.models.resolve(model)
    return this.engine.request('lookInside', { modelFolder, subject }, { signal })
  }
}
