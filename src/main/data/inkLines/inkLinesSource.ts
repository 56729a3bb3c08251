import type { z } from 'zod'
import { AppError } from '../../../shared/errors/appError'
import type { Split } from '../../../shared/samples/sampleQuery'
import { splitOf } from '../../store/splits'
import { readCardBeside } from '../card/cardBeside'
import { malformed } from '../dataErrors'
import type { InkReference } from '../dataReference'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { inkSampleSchema } from './inkSample'
import { readLines } from '../files/readLines'

/**
 * Files of ink samples, one JSON object a line, gzipped or not, one after the other. Empty lines are skipped. A split takes the
 * samples of some writers, the same that an import puts there, so that no writer is both taught and tested.
 */
export async function openInkLines({
  paths,
  split,
  byWriter,
}: Omit<InkReference, 'kind'>): Promise<SampleSource> {
  const [only] = paths
  return {
    about: only !== undefined && paths.length === 1 ? await readCardBeside(only) : null,
    fitted: false,
    async *read(signal, notes) {
      for (const file of paths) {
        const samples = read(file, split, signal, notes)
        yield* byWriter ? labelledByWriter(samples) : samples
      }
    },
  }
}

/**
 * Samples under their writers' names. A writer is then a class, which a training must not hold out whole; so none is told beside it.
 * Samples of nobody are left out.
 */
async function* labelledByWriter(samples: AsyncGenerator<SourceSample>): AsyncGenerator<SourceSample> {
  for await (const sample of samples) {
    if (sample.writer !== null) yield { ...sample, label: sample.writer, writer: null }
  }
}

async function* read(
  file: string,
  split: Split | undefined,
  signal?: AbortSignal,
  notes?: ReadNotes,
): AsyncGenerator<SourceSample> {
  for await (const { number, text } of readLines(file, signal)) {
    if (text.trim() === '') continue
    const sample = readSample(text, file, `line ${number}`)
    if (sample instanceof AppError) {
      if (!notes?.problem) throw sample
      notes.problem(sample)
      continue
    }
    const { label, strokes } = sample
    const writer = writerOf(sample.writer)
    if (split && splitOf(writer, null, Buffer.from(text)) !== split) continue
    yield { kind: 'ink', label, writer, ink: strokes }
  }
}

function readSample(text: string, file: string, place: string): z.infer<typeof inkSampleSchema> | AppError {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    return malformed(file, place, 'it is not a JSON object', cause)
  }
  const sample = inkSampleSchema.safeParse(parsed)
  return sample.success ? sample.data : malformed(file, place, firstIssue(sample.error), sample.error)
}

function writerOf(writer: string | number | null | undefined): string | null {
  return writer === null || writer === undefined ? null : String(writer)
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'it breaks the schema'
  return `${issue.path.join('.') || 'the line'}: ${issue.message}`
}
