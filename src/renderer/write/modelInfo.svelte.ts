import type { Client } from '../../shared/contract/client'
import type { ModelInput } from '../../shared/model/modelSpec'

/** The model that reads, and what it can answer. */
export class ModelInfo {
  name = $state<string | null>(null)
  classes = $state.raw<readonly string[]>([])
  input = $state.raw<ModelInput | null>(null)
  readonly #client: Pick<Client, 'models'>

  constructor(client: Pick<Client, 'models'>) {
    this.#client = client
  }

  /** Throws what the service throws, for instance where the model's folder is broken. */
  async load(): Promise<void> {
    const active = (await this.#client.models.list()).find((model) => model.active)
    if (!active) return
    this.name = active.name
    const { spec } = await this.#client.models.card({ model: active.name })
    this.classes = spec.classes
    this.input = spec.input
  }
}
