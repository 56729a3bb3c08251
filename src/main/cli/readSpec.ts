import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { AppError } from '../../shared/errors/appError'
import { modelSpecSchema, type ModelSpec } from '../../shared/model/modelSpec'
import { readJsonFile } from './readJsonFile'

/** A name for the services to look up, or the spec in a file. */
export async function readSpec(reference: string, userFolder: string): Promise<string | ModelSpec> {
  const path = resolve(userFolder, reference)
  const isFile = /[\\/]|\.json$/i.test(reference) || existsSync(path)
  if (!isFile) return reference
  const spec = modelSpecSchema.safeParse(await readJsonFile(path, reference))
  if (spec.success) return spec.data
  throw new AppError('spec-invalid', { file: reference, detail: firstIssues(spec.error) })
}

function firstIssues(error: z.ZodError): string {
  const issues = error.issues.map(({ path, message }) =>
    path.length ? `${path.join('.')}: ${message}` : message,
  )
  return issues.slice(0, 3).join('; ')
}
