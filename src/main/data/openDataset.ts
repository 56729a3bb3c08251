import { AppError } from '../../shared/errors/appError'
import type { ModelInput } from '../../shared/model/modelSpec'
import { parseDataReference } from './dataReference'
import type { Dataset } from './dataset'
import { openIdx } from './idx/openIdx'
import { openInkLines } from './inkLines/openInkLines'
import { mnistFiles } from './mnistFiles'
import { openPictureFolders } from './pictures/openPictureFolders'

/**
 * Reads a whole labelled data set into memory. Pictures become rasters of the model's input by its recipe; ink stays ink.
 *
 * @param reference `mnist[:train|:test]`, `ink:FILE.jsonl[.gz]`, `images:FOLDER|FILE.zip|FILE.tar`, `idx:IMAGES,LABELS`
 * @throws AppError 'data-unknown', 'package-missing', 'file-missing', 'file-unreadable', 'data-malformed', 'data-empty',
 * 'cancelled'
 */
export async function openDataset(
  reference: string,
  input: ModelInput,
  signal?: AbortSignal,
): Promise<Dataset> {
  const dataset = await open(reference, input, signal)
  if (dataset.count === 0) throw new AppError('data-empty', { data: reference })
  return dataset
}

async function open(name: string, input: ModelInput, signal?: AbortSignal): Promise<Dataset> {
  const reference = parseDataReference(name)
  switch (reference.kind) {
    case 'mnist':
      return openIdx({ name, ...mnistFiles(reference.part), input, signal })
    case 'idx':
      return openIdx({ name, images: reference.images, labels: reference.labels, input, signal })
    case 'ink':
      return openInkLines({ name, file: reference.file, signal })
    case 'images':
      return openPictureFolders({ name, path: reference.path, input, signal })
  }
}
