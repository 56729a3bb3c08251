import type {
  EmbedEvent,
  ImportEvent,
  ImportPreviewEvent,
  ImportRequest,
  ScoreEvent,
} from '../../shared/contract/sampleImport'
import type { AuditEvent } from '../../shared/samples/audit'
import type { MapEvent } from '../../shared/samples/sampleMap'
import type { SampleFilter } from '../../shared/samples/sampleQuery'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import type { ModelService } from './modelService'
import { streamFromEngine } from './streamFromEngine'

/** Long work on samples: each time in an engine process of its own, which may read what strangers wrote. */
export class SampleJobService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
  ) {}

  preview(request: ImportRequest, signal?: AbortSignal): AsyncGenerator<ImportPreviewEvent, void> {
    return streamFromEngine<'previewImport', ImportPreviewEvent>(
      ...([this.createEngine, 'previewImport', request] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (preview) => ({ event: 'done', preview }),
      },
      signal,
    )
  }

  import(request: ImportRequest, signal?: AbortSignal): AsyncGenerator<ImportEvent, void> {
    return streamFromEngine<'importSamples', ImportEvent>(
      ...([this.createEngine, 'importSamples', request] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (result) => ({ event: 'done', result }),
      },
      signal,
    )
  }

  async *score(
    { filter, model }: { filter: SampleFilter; model: string },
    signal?: AbortSignal,
  ): AsyncGenerator<ScoreEvent, void> {
    const modelFolder = await this.models.resolve(model)
    yield* streamFromEngine<'scoreSamples', ScoreEvent>(
      ...([this.createEngine, 'scoreSamples', { filter, modelFolder }] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (result) => ({ event: 'done', ...result }),
      },
      signal,
    )
  }

  async *embed(
    { filter, model }: { filter: SampleFilter; model: string },
    signal?: AbortSignal,
  ): AsyncGenerator<EmbedEvent, void> {
    const modelFolder = await this.models.resolve(model)
    yield* streamFromEngine<'embedSamples', EmbedEvent>(
      ...([this.createEngine, 'embedSamples', { filter, modelFolder }] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (result) => ({ event: 'done', ...result }),
      },
      signal,
    )
  }

  async *drawMap(
    { dataset, model }: { dataset: number; model: string },
    signal?: AbortSignal,
  ): AsyncGenerator<MapEvent, void> {
    const modelFolder = await this.models.resolve(model)
    yield* streamFromEngine<'mapSamples', MapEvent>(
      ...([this.createEngine, 'mapSamples', { dataset, modelFolder }] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (result) => ({ event: 'done', ...result }),
      },
      signal,
    )
  }

  async *audit(
    { data, model }: { data: string; model: string },
    signal?: AbortSignal,
  ): AsyncGenerator<AuditEvent, void> {
    const modelFolder = await this.models.resolve(model)
    yield* streamFromEngine<'auditSamples', AuditEvent>(
      ...([this.createEngine, 'auditSamples', { data, modelFolder }] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (audit) => ({ event: 'done', audit }),
      },
      signal,
    )
  }
}
