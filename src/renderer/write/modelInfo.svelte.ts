import type { Client } from '../../shared/contract/client'
import type { ModelInput } from '../../shared/model/modelSpec'

/** The model that reads, what it can answer, and the one beside it that reads joined-up words. */
export class ModelInfo {
  name = $state<string | null>(null)
  classes = $state.raw<readonly string[]>([])
  input = $state.raw<ModelInput | null>(null)
  /** Its name; null where there is none. */
  words = $state<string | null>(null)
  readonly #client: Pick<Client, 'models'>

  constructor(client: Pick<Client, 'models'>) {
    this.#client = client
  }

  /** Throws what the service throws, for instance where the model's folder is broken. */
  async load(): Promise<void> {
    const models = await this.#client.models.list()
    this.words = models.find(({ reads }) => reads === 'words')?.name ?? null
    const active = models.find((model) => model.active)
    if (!active) return
    this.name = active.name
    const { spec } = await this.#client.models.card({ model: active.name })
    this.classes = spec.classes
    this.input = spec.input
  }
}
