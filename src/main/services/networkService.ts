import type { ModelSpec } from '../../shared/model/modelSpec'
import type { NetworkTable } from '../../shared/model/networkTable'
import type { EngineProcess } from '../engineProcess/host/engineProcess'

export interface NetworkRequest {
  /** A spec's name, or a spec. */
  spec: string | ModelSpec
  /** Of a named spec. */
  classes: string[]
}

/** What a network is made of, asked of an engine process, which is where networks are built. */
export class NetworkService {
  constructor(private readonly createEngine: () => EngineProcess) {}

  /** @throws AppError 'spec-unknown', 'spec-invalid' where the layers do not fit each other */
  async tabulate({ spec, classes }: NetworkRequest, signal?: AbortSignal): Promise<NetworkTable> {
    const engine = this.createEngine()
    try {
      return await engine.request(
        'tabulate',
        { spec: typeof spec === 'string' ? { name: spec, classes } : spec },
        signal ? { signal } : {},
      )
    } finally {
      await engine.stop()
    }
  }
}
