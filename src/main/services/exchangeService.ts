import { parse, resolve } from 'node:path'
import type { ExportEvent, ModelImportEvent, ShareEvent } from '../../shared/contract/exchange'
import type { Precision } from '../../shared/model/modelExport'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ModelService } from './modelService'
import { streamFromEngine } from './streamFromEngine'
import { requireVacant } from './vacantFolder'

export interface ExportRequest {
  model: string
  file: string
  precision: Precision
  data?: string | undefined
  force: boolean
}
export interface ShareRequest {
  model: string
  file: string
  data?: string | undefined
  force: boolean
}
/** What is said of models beside their cards; those that lie elsewhere than the user's own have nothing said of them. */
export interface Remarks {
  of(folder: string): Promise<{ title: string; note: string }>
  keep(folder: string, remark: { title: string; note: string }): Promise<void>
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
    private readonly remarks: Remarks,
    private readonly longhandVersion: string,
  ) {}

  /** @throws AppError 'model-unknown', 'model-broken', 'file-exists', 'file-unwritable' or 'export-differs' */
  async *export(
    { model, file, precision, data, force }: ExportRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<ExportEvent, void> {
    const modelFolder = await this.models.resolve(model)
    const known = await this.models.list()
    const shipped = known.some((other) => other.shipped && other.folder === modelFolder)
    yield* streamFromEngine<'exportModel', ExportEvent>(
      this.createEngine,
      'exportModel',
      {
        ...{ modelFolder, shipped, file: resolve(file), precision, data: data ?? null, force },
        longhandVersion: this.longhandVersion,
      },
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (exported) => ({ event: 'done', exported }),
      },
      signal,
    )
  }

  /** @throws AppError 'model-unknown', 'model-broken', 'file-exists', 'file-unwritable', and what openSource does */
  async *share(
    { model, file, data, force }: ShareRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<ShareEvent, void> {
    const modelFolder = await this.models.resolve(model)
    const { title, note } = await this.remarks.of(modelFolder)
    yield* streamFromEngine<'shareProfile', ShareEvent>(
      this.createEngine,
      'shareProfile',
      { modelFolder, file: resolve(file), title, note, data: data ?? null, force },
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (profile) => ({ event: 'done', profile }),
      },
      signal,
    )
  }

  /** @throws AppError 'file-missing', 'file-unreadable', 'model-not-importable', 'output-exists' or 'file-unwritable' */
  async *import(
    { file, outFolder, name, command }: ImportRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<ModelImportEvent, void> {
    const folder =
      outFolder === undefined ? await this.models.vacantFolder(name ?? parse(file).name) : resolve(outFolder)
    await requireVacant(folder)
    const events = streamFromEngine<'importModel', ModelImportEvent>(
      this.createEngine,
      'importModel',
      { file: resolve(file), outFolder: folder, name: name ?? null, command },
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (model) => ({ event: 'done', model }),
      },
      signal,
    )
    for await (const event of events) {
      if (event.event === 'done') await this.remarks.keep(folder, event.model)
      yield event
    }
  }
}
