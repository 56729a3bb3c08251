import type { Client } from '../../shared/contract/client'
import type { ApiProgram, ApiState } from '../../shared/contract/apiAccess'

/** A token that was made just now; it is shown until it is put away. */
export interface MadeToken {
  readonly name: string
  readonly token: string
}

/** The local API as this process serves it, and the programs that may ask it. */
export class ApiAccess {
  state = $state.raw<ApiState>({ url: null, fault: null })
  programs = $state.raw<readonly ApiProgram[]>([])
  made = $state.raw<MadeToken | null>(null)

  constructor(
    private readonly client: Pick<Client, 'api'>,
    private readonly onError: (thrown: unknown) => void,
  ) {}

  async load(): Promise<void> {
    await this.#try(async () => {
      this.state = await this.client.api.state()
      this.programs = await this.client.api.programs()
    })
  }

  /** @returns whether it was made */
  async add(name: string): Promise<boolean> {
    return this.#try(async () => {
      const { token } = await this.client.api.addProgram({ name })
      this.made = { name, token }
      await this.load()
    })
  }

  async revoke(name: string): Promise<void> {
    await this.#try(async () => this.client.api.revokeProgram({ name }))
    await this.load()
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (thrown) {
      this.onError(thrown)
      return false
    }
  }
}
