import { resolve } from 'node:path'
import type { Conversion, ConversionFormat, ConversionProgress } from '../../shared/contract/conversion'
import { AppError } from '../../shared/errors/appError'
import type { EngineProcess } from '../engineProcess/host/engineProcess'
import { EventLog } from './eventLog'

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
  async *run(request: ConversionRequest, signal?: AbortSignal): AsyncGenerator<ConversionEvent, void> {
    const engine = this.createEngine()
    const left = new AbortController()
    const events = new EventLog<ConversionEvent>()
    const work = engine
      .request(
        'convertData',
        { ...request, file: resolve(request.file) },
        {
          signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
          onEvent: (progress) => events.push({ event: 'progress', ...progress }),
        },
      )
      .then(
        (conversion) => {
          events.push({ event: 'done', conversion })
          events.end()
        },
        (error: unknown) => events.end({ error }),
      )
    try {
      yield* events.read(signal)
      if (signal?.aborted) throw new AppError('cancelled', {})
    } finally {
      left.abort()
      // It takes what it had written away before it ends.
      await work
      await engine.stop()
    }
  }
}
