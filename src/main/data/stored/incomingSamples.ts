import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImportRequest } from '../../../shared/contract/sampleImport'
import { AppError } from '../../../shared/errors/appError'
import { invert } from '../../../shared/image/polarity'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { Split } from '../../../shared/samples/sampleQuery'
import { contentHash } from '../../store/contentHash'
import { contentKey } from '../../store/importStaging'
import type { EnteringSample } from '../../store/sampleWriter'
import type { DatasetAbout } from '../card/datasetCard'
import { throwIfAborted } from '../dataErrors'
import { openSource } from '../openSource'
import type { SampleSource, SourceSample } from '../sampleSource'

/** MNIST's own recipe, by which ink is drawn to be looked at. */
const drawn: ModelInput = { width: 28, height: 28, raster: { box: 20, penWidth: 2, centre: 'mass' } }
/** Samples between two looks at the signal. */
const turn = 128
/** A file may hold as many problems as lines: the others are only counted. */
const mostProblems = 100

/** A sample on its way into the store. */
export interface IncomingSample {
  readonly entering: EnteringSample
  /** As it is in the file. */
  readonly fileLabel: string
}

/** What an import met on its way so far. */
export interface ImportTally {
  duplicates: number
  /** Whose labels are not wanted. */
  unwanted: number
  /** The first of them. */
  readonly problems: AppError[]
  problemCount: number
  /** Whether a problem ended the reading of a file. */
  cut: boolean
  turnedOver: boolean
  about: DatasetAbout | null
  /** Of every label in the files, also of what does not come in. */
  readonly labels: Map<string, number>
}

export const emptyTally = (): ImportTally => ({
  ...{
    duplicates: 0,
    unwanted: 0,
    problems: [],
    problemCount: 0,
    cut: false,
    turnedOver: false,
    about: null,
    labels: new Map(),
  },
})

/**
 * What an import brings, one sample after the other: labels mapped, duplicates left out or kept, splits by the sources' own word.
 *
 * @param known contents that are there already; what comes in is added
 * @param tally what is met on the way is counted in it
 * @param skipProblems notes what cannot be read, in place of throwing it
 * @throws AppError as openSource and its samples
 */
export async function* incomingSamples(
  request: ImportRequest,
  known: Set<string>,
  tally: ImportTally,
  skipProblems: boolean,
  signal: AbortSignal,
): AsyncGenerator<IncomingSample> {
  const mapped = new Map(request.labels.map(({ from, to }) => [from, to]))
  const createdMs = Date.now()
  const note = (error: AppError): void => {
    tally.problemCount++
    if (tally.problems.length < mostProblems) tally.problems.push(error)
  }
  const notes = {
    turned: () => (tally.turnedOver = true),
    problem: skipProblems ? note : undefined,
  }
  let seen = 0
  for (const { data, split } of request.sources) {
    try {
      const source = await openSource(data)
      tally.about ??= source.about
      for await (const sample of source.read(signal, notes)) {
        if (++seen % turn === 0) {
          await nextTurn()
          throwIfAborted(signal)
        }
        const { label: fileLabel } = sample
        tally.labels.set(fileLabel, (tally.labels.get(fileLabel) ?? 0) + 1)
        const label = mapped.has(fileLabel) ? (mapped.get(fileLabel) ?? null) : fileLabel
        if (label === null) {
          tally.unwanted++
          continue
        }
        const entering = enteringOf(
          sample,
          label,
          request.invert,
          splitFor(source, split),
          source.fitted,
          createdMs,
        )
        const key = contentKey(entering.content)
        if (known.has(key)) {
          tally.duplicates++
          if (request.duplicates === 'skip') continue
        }
        known.add(key)
        yield { entering, fileLabel }
      }
    } catch (error) {
      // The format could not go on after it; the next source can.
      if (!skipProblems || !(error instanceof AppError) || error.code === 'cancelled') throw error
      note(error as AppError)
      tally.cut = true
    }
  }
}

function splitFor(source: SampleSource, wanted: Split | 'auto'): Split | 'auto' {
  return wanted === 'auto' ? (source.split ?? 'auto') : wanted
}

function enteringOf(
  sample: SourceSample,
  label: string,
  turnOver: boolean,
  split: Split | 'auto',
  fitted: boolean,
  createdMs: number,
): EnteringSample & { content: Uint8Array } {
  const ink = sample.kind === 'ink' ? sample.ink : null
  const picture = sample.kind === 'ink' ? inkToRaster(sample.ink, drawn) : sample.picture
  const raster = turnOver && !ink ? invert(picture) : picture
  return {
    ...{ label, ink, raster, split, createdMs, writer: sample.writer, session: null },
    ...{ source: 'import', corrected: false, predicted: null, model: '', fitted: fitted || ink !== null },
    content: contentHash(ink, raster),
  }
}
