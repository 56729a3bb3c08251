import { AppError } from '../../shared/errors/appError'
import type { ModelInput } from '../../shared/model/modelSpec'
import { collectDataset } from './collectDataset'
import { throwIfAborted } from './dataErrors'
import type { Dataset } from './dataset'
import { openSource } from './openSource'

/**
 * Reads a whole labelled data set into memory. Pictures become rasters of the model's input by its recipe; ink stays ink.
 *
 * @param reference see dataReference.ts
 * @throws AppError 'data-unknown', 'package-missing', 'file-missing', 'file-unreadable', 'data-malformed', 'data-empty',
 * 'data-too-large', 'model-needs-ink', 'cancelled'
 */
export async function openDataset(
  reference: string,
  input: ModelInput,
  signal?: AbortSignal,
): Promise<Dataset> {
  throwIfAborted(signal)
  const dataset = await collectDataset(reference, await openSource(reference), input, signal)
  if (dataset.count === 0) throw new AppError('data-empty', { data: reference })
  if (input.trace && dataset.content.kind !== 'ink')
    throw new AppError('model-needs-ink', { data: reference })
  return dataset
}
