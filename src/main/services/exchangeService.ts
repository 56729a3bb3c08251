import { parse, resolve } from 'node:path'
import type { CardUpdate, ModelExport, Precision } from '../../shared/model/modelExport'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ModelService } from './modelService'
import { requireVacant } from './vacantFolder'

export interface ExportRequest {
  model: string
  file: string
  precision: Precision
  data?: string | undefined
  force: boolean
}
export interface ImportRequest {
  file: string
  outFolder?: string | undefined
  name?: string | undefined
  command: string
}

/**
 * Models to and from other programs, each time in an engine process of its own: a file from elsewhere that brings it down
 * brings down nothing else.
 */
export class ExchangeService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
    private readonly longhandVersion: string,
  ) {}

  /** @throws AppError 'model-unknown', 'model-broken', 'file-exists', 'file-unwritable' or 'export-differs' */
  async export(
    { model, file, precision, data, force }: ExportRequest,
    signal?: AbortSignal,
  ): Promise<{ entry: ModelExport; report: string; card: CardUpdate }> {
    const modelFolder = await this.models.resolve(model)
    const known = await this.models.list()
    const shipped = known.some((other) => other.shipped && other.folder === modelFolder)
    return this.#withEngine((engine) =>
      engine.request(
        'exportModel',
        {
          ...{ modelFolder, shipped, file: resolve(file), precision, data: data ?? null, force },
          longhandVersion: this.longhandVersion,
        },
        { signal },
      ),
    )
  }

  /** @throws AppError 'file-missing', 'file-unreadable', 'model-not-importable', 'output-exists' or 'file-unwritable' */
  async import(
    { file, outFolder, name, command }: ImportRequest,
    signal?: AbortSignal,
  ): Promise<{ name: string; path: string; parameters: number }> {
    const folder =
      outFolder === undefined ? await this.models.vacantFolder(parse(file).name) : resolve(outFolder)
    await requireVacant(folder)
    return this.#withEngine((engine) =>
      engine.request(
        'importModel',
        { file: resolve(file), outFolder: folder, name: name ?? null, command },
        { signal },
      ),
    )
  }

  async #withEngine<T>(work: (engine: EngineProcess) => Promise<T>): Promise<T> {
    const engine = this.createEngine()
    try {
      return await work(engine)
    } finally {
      await engine.stop()
    }
  }
}
