import type { NewSample, SampleCounts } from '../../shared/contract/samples'
import { AppError } from '../../shared/errors/appError'
import type { SampleStore } from '../store/sampleStore'

/** The user's own samples. The store is opened by the first call, so what needs none never touches it. */
export class SampleService {
  constructor(private readonly openSamples: () => SampleStore) {}

  add(sample: NewSample): { id: string; counts: SampleCounts } {
    const samples = this.openSamples()
    return { id: samples.add(sample), counts: samples.counts() }
  }

  /** @throws AppError 'sample-unknown' */
  remove(id: string): { counts: SampleCounts } {
    const samples = this.openSamples()
    if (!samples.remove(id)) throw new AppError('sample-unknown', { id })
    return { counts: samples.counts() }
  }

  counts(): SampleCounts {
    return this.openSamples().counts()
  }
}
