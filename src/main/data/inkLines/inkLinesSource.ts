import type { z } from 'zod'
import { AppError } from '../../../shared/errors/appError'
import { readCardBeside } from '../card/cardBeside'
import { malformed } from '../dataErrors'
import type { ReadNotes, SampleSource, SourceSample } from '../sampleSource'
import { inkSampleSchema } from './inkSample'
import { readLines } from '../files/readLines'

/** A file of ink samples, one JSON object a line, gzipped or not. Empty lines are skipped. */
export async function openInkLines(file: string): Promise<SampleSource> {
  return {
    about: await readCardBeside(file),
    fitted: false,
    read: (signal, notes) => read(file, signal, notes),
  }
}

async function* read(file: string, signal?: AbortSignal, notes?: ReadNotes): AsyncGenerator<SourceSample> {
  for await (const { number, text } of readLines(file, signal)) {
    if (text.trim() === '') continue
    const sample = readSample(text, file, `line ${number}`)
    if (sample instanceof AppError) {
      if (!notes?.problem) throw sample
      notes.problem(sample)
      continue
    }
    const { label, writer, strokes } = sample
    yield { kind: 'ink', label, writer: writerOf(writer), ink: strokes }
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
