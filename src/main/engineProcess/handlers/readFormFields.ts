import { AppError } from '../../../shared/errors/appError'
import type { FormReading, FormReadingRequest } from '../../../shared/recognition/form/formReading'
import { readPage } from '../../data/page/readPage'
import { registerForm } from '../../data/page/registerForm'
import type { Recognizer } from '../../engine/infer/recognizer'
import { readPageLines } from './readPageLines'

/**
 * Reads a form that was filled in, field by field, each as one line of its kind.
 *
 * @throws AppError 'form-unmatched' where the form's markers are not on the picture, and what cannot be decoded
 */
export async function readFormFields(
  { picture, file, quarterTurns, form }: FormReadingRequest,
  model: Recognizer,
): Promise<FormReading['fields']> {
  const registered = registerForm(await readPage(picture, file, quarterTurns), form)
  if (registered === null) throw new AppError('form-unmatched', { file, form: form.name })
  const fields: FormReading['fields'] = []
  for (const { name, kind, box } of form.fields) {
    const { lines } = await readPageLines(registered.part(box), model, { expects: kind, layout: 'line' })
    fields.push({ name, line: lines[0] ?? null })
  }
  return fields
}
