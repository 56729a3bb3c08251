import { setImmediate as nextTurn } from 'node:timers/promises'
import { malformed, throwIfAborted } from '../dataErrors'
import { sortLabels } from '../dataset'
import type { SampleSource, SourceSample } from '../sampleSource'

/** What must be known of the samples before the first of them is written. */
export interface Survey {
  readonly kind: 'ink' | 'pictures'
  readonly samples: number
  /** By code point. */
  readonly labels: readonly string[]
  /** How many samples each label has. */
  readonly counts: readonly number[]
  /** In the order of their first samples. */
  readonly writers: readonly string[]
  /** Of all pictures; null where they differ, and for ink. */
  readonly size: { readonly width: number; readonly height: number } | null
}

/** More writers or labels than this are no data set but a hostile file. */
const mostNames = 1_000_000
const reportedEvery = 256

/** The samples of a source whose label is wanted; looks at the signal and lets other work in between. */
export async function* wantedSamples(
  source: SampleSource,
  only: readonly string[] | null,
  report: (done: number) => void,
  signal?: AbortSignal,
): AsyncGenerator<SourceSample> {
  const wanted = only && new Set(only)
  let done = 0
  for await (const sample of source.read(signal)) {
    if (wanted?.has(sample.label) === false) continue
    yield sample
    if (++done % reportedEvery > 0) continue
    report(done)
    await nextTurn()
    throwIfAborted(signal)
  }
  report(done)
}

/** @param data names the source in errors */
export async function surveySamples(samples: AsyncIterable<SourceSample>, data: string): Promise<Survey> {
  const counts = new Map<string, number>()
  const writers = new Set<string>()
  let kind: Survey['kind'] = 'pictures'
  let size: Survey['size'] = null
  let differ = false
  let count = 0
  for await (const sample of samples) {
    const place = `sample ${count++}`
    counts.set(sample.label, (counts.get(sample.label) ?? 0) + 1)
    if (sample.writer !== null) writers.add(sample.writer)
    for (const text of [sample.label, sample.writer ?? '']) {
      if (/\p{Cs}/u.test(text)) throw malformed(data, place, 'a label or writer is no text of Unicode')
    }
    if (writers.size > mostNames || counts.size > mostNames) {
      throw malformed(data, place, `more than ${mostNames} labels or writers`)
    }
    if (sample.kind === 'ink') {
      kind = 'ink'
      continue
    }
    const { width, height } = sample.picture
    size ??= { width, height }
    if (size.width !== width || size.height !== height) differ = true
  }
  const labels = sortLabels(counts.keys())
  return {
    kind,
    samples: count,
    labels,
    counts: labels.map((label) => counts.get(label) ?? 0),
    writers: [...writers],
    size: differ ? null : size,
  }
}
