import { resolve } from 'node:path'
import type { Conversion, ConversionFormat, ConversionProgress } from '../../shared/contract/conversion'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { streamFromEngine } from './streamFromEngine'

export interface ConversionRequest {
  data: string
  file: string
  format: ConversionFormat
  only: string[] | null
  force: boolean
}
export type ConversionEvent =
  ({ event: 'progress' } & ConversionProgress) | { event: 'done'; conversion: Conversion }

/** Writes data in other formats, each time in an engine process of its own: what is read may bring that down. */
export class ConversionService {
  constructor(private readonly createEngine: () => EngineProcess) {}

  /** Progress, then the result. Leaving the stream, or aborting the signal, ends the work and leaves nothing behind. */
  run(request: ConversionRequest, signal?: AbortSignal): AsyncGenerator<ConversionEvent, void> {
    return streamFromEngine<'convertData', ConversionEvent>(
      ...([this.createEngine, 'convertData', { ...request, file: resolve(request.file) }] as const),
      {
        progress: (progress) => ({ event: 'progress', ...progress }),
        done: (conversion) => ({ event: 'done', conversion }),
      },
      signal,
    )
  }
}
