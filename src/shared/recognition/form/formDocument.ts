import { z } from 'zod'
import { csvRow } from '../page/csvRow'
import { checkForm, type CheckedField, type FieldProblem } from './checkForm'
import { formReadingSchema } from './formReading'
import type { FormSpec } from './formSpec'

/** What was read of one form that was filled in: what is exported, and kept while a folder is read. */
export const formDocumentSchema = formReadingSchema.omit({ elapsedMs: true }).extend({ file: z.string() })
type FormDocument = z.infer<typeof formDocumentSchema>

export interface CheckedDocument {
  readonly file: string
  readonly model: string
  readonly fields: readonly CheckedField[]
}

/** A field that a person should look at. */
interface QueueEntry {
  readonly file: string
  readonly field: string
  readonly text: string
  readonly problems: readonly FieldProblem[]
}

export function checkDocument(form: FormSpec, { file, model, fields }: FormDocument): CheckedDocument {
  return { file, model, fields: checkForm(form, fields) }
}

/** What of the forms needs a person, in their order. */
export function queueOf(documents: readonly CheckedDocument[]): QueueEntry[] {
  return documents.flatMap(({ file, fields }) =>
    fields
      .filter(({ problems }) => problems.length > 0)
      .map(({ name, text, problems }) => ({ file, field: name, text, problems })),
  )
}

/** A row for each picture, a column for each field; the last one names what needs a person, and why. */
export function formsAsCsv(form: FormSpec, documents: readonly CheckedDocument[]): string {
  const rows = documents.map(({ file, fields }) => {
    const queue = fields
      .filter(({ problems }) => problems.length > 0)
      .map(({ name, problems }) => `${name}: ${problems.join(' ')}`)
    return csvRow([file, ...fields.map(({ text }) => text), queue.join('; ')])
  })
  const header = csvRow(['file', ...form.fields.map(({ name }) => name), 'queue'])
  return [header, ...rows].map((row) => `${row}\r\n`).join('')
}

/** All that was read, and the queue of what needs a person. */
export function formsAsJson(form: FormSpec, documents: readonly CheckedDocument[]): string {
  return `${JSON.stringify({ form: form.name, documents, queue: queueOf(documents) }, null, 2)}\n`
}
