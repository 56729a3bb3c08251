import type { z } from 'zod'
import { readCardBeside } from '../card/cardBeside'
import { malformed } from '../dataErrors'
import type { SampleSource, SourceSample } from '../sampleSource'
import { inkSampleSchema } from './inkSample'
import { readLines } from '../files/readLines'

/** A file of ink samples, one JSON object a line, gzipped or not. Empty lines are skipped. */
export async function openInkLines(file: string): Promise<SampleSource> {
  return { about: await readCardBeside(file), fitted: false, read: (signal) => read(file, signal) }
}

async function* read(file: string, signal?: AbortSignal): AsyncGenerator<SourceSample> {
  for await (const { number, text } of readLines(file, signal)) {
    if (text.trim() === '') continue
    const place = `line ${number}`
    const sample = inkSampleSchema.safeParse(parseJson(text, file, place))
    if (!sample.success) throw malformed(file, place, firstIssue(sample.error), sample.error)
    const { label, writer, strokes } = sample.data
    yield { kind: 'ink', label, writer: writerOf(writer), ink: strokes }
  }
}

function writerOf(writer: string | number | null | undefined): string | null {
  return writer === null || writer === undefined ? null : String(writer)
}

function parseJson(text: string, file: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw malformed(file, place, 'it is not a JSON object', cause)
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'it breaks the schema'
  return `${issue.path.join('.') || 'the line'}: ${issue.message}`
}
