import { AppError } from '../../shared/errors/appError'
import type { Evaluation } from '../../shared/recognition/evaluation'
import type { Provider } from '../../shared/training/recipe'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'
import type { ModelService } from './modelService'

export interface EvaluationRequest {
  model: string
  data: string
  labels: Record<string, string> | null
  only: string[] | null
  provider: Provider
  lexicon: string[] | 'set' | null
}
export type EvaluationEvent =
  { event: 'progress'; done: number; total: number } | { event: 'done'; evaluation: Evaluation }

/** Runs models over labelled data, each time in an engine process of its own. */
export class EvaluationService {
  constructor(
    private readonly createEngine: () => EngineProcess,
    private readonly models: ModelService,
  ) {}

  /** Progress, then the result. Leaving the stream, or aborting the signal, ends the work and its process. */
  async *run(request: EvaluationRequest, signal?: AbortSignal): AsyncGenerator<EvaluationEvent, void> {
    const modelFolder = await this.models.resolve(request.model)
    const { data, labels, only, provider, lexicon } = request
    const engine = this.createEngine()
    const left = new AbortController()
    const events = new EventLog<EvaluationEvent>()
    try {
      engine
        .request(
          'evaluate',
          { modelFolder, data, labels, only, provider, lexicon },
          {
            signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
            onEvent: ({ done, total }) => events.push({ event: 'progress', done, total }),
          },
        )
        .then(
          (evaluation) => {
            events.push({ event: 'done', evaluation })
            events.end()
          },
          (error: unknown) => events.end({ error }),
        )
      yield* events.read(signal)
      if (signal?.aborted) throw new AppError('cancelled', {})
    } finally {
      left.abort()
      await engine.stop()
    }
  }
}
