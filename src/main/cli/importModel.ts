import { resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { ImportedModel } from '../../shared/contract/exchange'
import { createProgress } from './progress'
import { DONE } from './reportError'
import type { Session } from './session'

export interface ModelImportOptions {
  /** Folder of the new model; a new one among the user's own where it is left out. */
  out?: string
  name?: string
  json?: true
}

/** Makes a model of a file that was exported or shared. */
export async function importModel(
  { client, environment, command, print }: Session,
  file: string,
  { out, name, json }: ModelImportOptions,
): Promise<number> {
  const { userFolder, interrupted } = environment
  const request = {
    file: resolve(userFolder, file),
    ...(out === undefined ? {} : { outFolder: resolve(userFolder, out) }),
    ...(name === undefined ? {} : { name }),
    command,
  }
  const progress = createProgress(environment, '{value} samples')
  let model: ImportedModel | null = null
  try {
    for await (const event of await client.models.import(request, { signal: interrupted })) {
      if (event.event === 'done') model = event.model
      else progress.update(event.done, event.done)
    }
  } finally {
    progress.stop()
  }
  if (!model) throw new AppError('cancelled', {})
  const { samples } = model
  if (json) print(JSON.stringify(model))
  else {
    print(`${model.path}: ${model.name}, ${model.parameters} parameters`)
    if (samples) print(`${samples.count} samples in data set ${samples.dataset}`)
  }
  return DONE
}
