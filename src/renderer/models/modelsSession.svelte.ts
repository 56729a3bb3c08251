import type { Client } from '../../shared/contract/client'
import type { ModelEntry, ModelRemark } from '../../shared/contract/registry'

interface Notices {
  activated(model: ModelEntry): void
  deleted(title: string): void
  failed(thrown: unknown): void
}

/** The models that there are, and what can be done with them. */
export class ModelsSession {
  models = $state.raw<readonly ModelEntry[] | null>(null)
  readonly #client: Pick<Client, 'models'>
  readonly #notices: Notices

  constructor(client: Pick<Client, 'models'>, notices: Notices) {
    this.#client = client
    this.#notices = notices
  }

  async load(): Promise<void> {
    try {
      this.models = await this.#client.models.list()
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
  }

  activate(model: string): Promise<void> {
    return this.#change(async () => this.#notices.activated(await this.#client.models.activate({ model })))
  }

  rollBack(): Promise<void> {
    return this.#change(async () => this.#notices.activated(await this.#client.models.rollBack()))
  }

  remark(model: string, remark: ModelRemark): Promise<void> {
    return this.#change(() => this.#client.models.remark({ model, ...remark }))
  }

  remove({ name, title }: ModelEntry): Promise<void> {
    return this.#change(async () => {
      await this.#client.models.delete({ model: name })
      this.#notices.deleted(title)
    })
  }

  async #change(change: () => Promise<unknown>): Promise<void> {
    try {
      await change()
    } catch (thrown) {
      this.#notices.failed(thrown)
    }
    await this.load()
  }
}
