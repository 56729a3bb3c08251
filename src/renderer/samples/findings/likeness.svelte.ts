import type { Client } from '../../../shared/contract/client'
import type { SampleFilter, SampleSort } from '../../../shared/samples/sampleQuery'
import { Work } from './work.svelte'

interface LikenessClient {
  readonly samples: Pick<Client['samples'], 'embed'>
  readonly models: Pick<Client['models'], 'list'>
}

/** Lets the model in use look at samples, for the order of their likeness to one of them. */
export class Likeness {
  readonly work: Work
  readonly #client: LikenessClient
  readonly #failed: (thrown: unknown) => void

  constructor(client: LikenessClient, failed: (thrown: unknown) => void) {
    this.#client = client
    this.#failed = failed
    this.work = new Work(failed)
  }

  /** The order of likeness to a sample among those of a filter; null where there is none, or it was cancelled. */
  async sortFor(sample: number, filter: SampleFilter): Promise<SampleSort | null> {
    const model = await this.#activeModel()
    if (model === null) return null
    const done = await this.work.run<{ embedded: number }>((signal) =>
      this.#client.samples.embed({ filter, model }, { signal }),
    )
    return done && { by: 'likeness', descending: false, like: { sample, model } }
  }

  async #activeModel(): Promise<string | null> {
    try {
      return (await this.#client.models.list()).find(({ active }) => active)?.name ?? null
    } catch (thrown) {
      this.#failed(thrown)
      return null
    }
  }
}
