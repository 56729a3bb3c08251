import type { Client } from '../../shared/contract/client'
import type { ImportedModel } from '../../shared/contract/exchange'
import { AppError } from '../../shared/errors/appError'

/** Makes a model of an exported or shared file; throws what the service throws. */
export async function importModel(
  client: Pick<Client, 'models'>,
  file: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ImportedModel> {
  for await (const event of await client.models.import({ file }, signal ? { signal } : {})) {
    if (event.event === 'done') return event.model
  }
  throw new AppError('cancelled', {})
}
