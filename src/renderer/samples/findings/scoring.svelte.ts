import type { SampleFilter } from '../../../shared/samples/sampleQuery'
import type { SamplesClient } from '../samplesSession.svelte'
import { Work } from './work.svelte'

interface ScoringNotices {
  /** Samples were read: all of them, or those before it was cancelled. */
  changed(): void
  scored(count: number, right: number): void
  failed(thrown: unknown): void
}

/** Lets a model read samples, for their predictions, losses and confidences. It goes on whatever is shown meanwhile. */
export class Scoring {
  readonly work: Work
  readonly #client: Pick<SamplesClient, 'samples'>
  readonly #notices: ScoringNotices

  constructor(client: Pick<SamplesClient, 'samples'>, notices: ScoringNotices) {
    this.#client = client
    this.#notices = notices
    this.work = new Work((thrown) => notices.failed(thrown))
  }

  async run(filter: SampleFilter, model: string): Promise<void> {
    const done = await this.work.run<{ scored: number; right: number }>((signal) =>
      this.#client.samples.score({ filter, model }, { signal }),
    )
    if (done) this.#notices.scored(done.scored, done.right)
    this.#notices.changed()
  }
}
