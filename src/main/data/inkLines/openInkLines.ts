import type { z } from 'zod'
import type { Ink } from '../../../shared/ink/ink'
import { malformed } from '../dataErrors'
import { createDataset, type Dataset } from '../dataset'
import { inkSampleSchema } from './inkSample'
import { readLines } from './readLines'

/**
 * Opens a file of ink samples, one JSON object a line, gzipped or not. Empty lines are skipped.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'data-malformed' (place: the line), 'cancelled'
 */
export async function openInkLines(options: {
  name: string
  file: string
  signal?: AbortSignal | undefined
}): Promise<Dataset> {
  const { name, file, signal } = options
  const labels: string[] = []
  const inks: Ink[] = []
  const writers: (string | null)[] = []
  for await (const { number, text } of readLines(file, signal)) {
    if (text.trim() === '') continue
    const place = `line ${number}`
    const sample = inkSampleSchema.safeParse(parseJson(text, file, place))
    if (!sample.success) throw malformed(file, place, firstIssue(sample.error), sample.error)
    labels.push(sample.data.label)
    inks.push(sample.data.strokes)
    writers.push(writerOf(sample.data.writer))
  }
  const known = writers.some((writer) => writer !== null)
  return createDataset(name, labels, { kind: 'ink', inks }, known ? writers : null)
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
