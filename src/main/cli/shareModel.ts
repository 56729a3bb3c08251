import { resolve } from 'node:path'
import { AppError } from '../../shared/errors/appError'
import type { SharedProfile } from '../../shared/contract/exchange'
import { createProgress } from './progress'
import { resolveData, resolveModel } from './references'
import { DONE } from './reportError'
import type { Session } from './session'

export interface ShareOptions {
  out: string
  /** Data to go with it. */
  samples?: string
  force?: true
  json?: true
}

/** Writes a model as one `.longhand` file for another Longhand. */
export async function shareModel(
  { client, environment, print }: Session,
  model: string,
  { out, samples, force, json }: ShareOptions,
): Promise<number> {
  const { userFolder, interrupted } = environment
  const request = {
    model: resolveModel(model, userFolder),
    file: resolve(userFolder, out),
    ...(samples === undefined ? {} : { data: resolveData(samples, userFolder) }),
    force: force ?? false,
  }
  const progress = createProgress(environment, '{value} samples')
  let profile: SharedProfile | null = null
  try {
    for await (const event of await client.models.share(request, { signal: interrupted })) {
      if (event.event === 'done') profile = event.profile
      else progress.update(event.done, event.total ?? event.done)
    }
  } finally {
    progress.stop()
  }
  if (!profile) throw new AppError('cancelled', {})
  const { file, bytes } = profile
  print(json ? JSON.stringify(profile) : `${file}: ${bytes} bytes, ${profile.samples} samples`)
  return DONE
}
