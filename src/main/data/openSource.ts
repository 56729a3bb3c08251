import { dataParts } from '../../shared/dataParts'
import { csvSource } from './csv/csvSource'
import { parseDataReference } from './dataReference'
import { fontsSource } from './fonts/fontsSource'
import { gntSource } from './gnt/gntSource'
import { openIdxSource } from './idx/idxSource'
import { openInkLines } from './inkLines/inkLinesSource'
import { openInkmlSource } from './inkml/inkmlSource'
import { joinSources } from './joinSources'
import { aboutMnist, mnistFiles } from './mnistFiles'
import { npzSource } from './npz/npzSource'
import { openParquetSource } from './parquet/parquetSource'
import { openPictureSource } from './pictures/pictureFolderSource'
import { openStoredSource } from './stored/storedSource'
import type { SampleSource } from './sampleSource'
import { openStrokesSource } from './strokes/strokesSource'
import { unipenSource } from './unipen/unipenSource'

/**
 * Finds what a reference names; the samples are read from it afterwards.
 *
 * @throws AppError 'data-unknown', 'package-missing', 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed',
 * 'strokes-missing'
 */
export async function openSource(name: string): Promise<SampleSource> {
  const parts = dataParts(name)
  return parts.length > 1 ? joinSources(await Promise.all(parts.map(openPart))) : openPart(name)
}

async function openPart(name: string): Promise<SampleSource> {
  const reference = parseDataReference(name)
  switch (reference.kind) {
    case 'mnist':
      return {
        ...(await openIdxSource(mnistFiles(reference.part))),
        ...{ about: aboutMnist, split: reference.part },
      }
    case 'idx':
      return openIdxSource(reference)
    case 'dataset':
      return openStoredSource(name, reference)
    case 'ink':
      return openInkLines(reference)
    case 'images':
      return openPictureSource(reference.path)
    case 'csv':
      return csvSource(reference.path)
    case 'npz':
      return { ...npzSource(reference.path, reference.part), split: reference.part }
    case 'parquet':
      return openParquetSource(reference.path)
    case 'inkml':
      return openInkmlSource(reference.path)
    case 'unipen':
      return unipenSource(reference.path)
    case 'gnt':
      return gntSource(reference.path)
    case 'strokes':
      return openStrokesSource(reference.folder, reference.characters)
    case 'fonts':
      return fontsSource(reference.folders, reference.characters)
  }
}
