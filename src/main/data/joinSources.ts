import type { SampleSource } from './sampleSource'

/** Several sources, one after the other, as one. */
export function joinSources(sources: readonly SampleSource[]): SampleSource {
  return {
    about: null,
    fitted: sources.every(({ fitted }) => fitted),
    async *read(signal, notes) {
      for (const source of sources) yield* source.read(signal, notes)
    },
  }
}
