import { openDataset } from '../../data/openDataset'
import { renderDataset } from '../../data/renderDataset'
import { readCharacterCard, readWeights } from '../../engine/model/modelFolder'
import type { EngineHandlers } from '../protocol/serve'
import { compareReadings, type ReadBy } from './compareReadings'
import { readLogits } from './readLogits'

/** Two models on the same labelled data, each with rasters of its own input. */
export const compareModels: EngineHandlers['compareModels'] = async (
  { beforeFolder, afterFolder, data },
  { signal },
) => {
  const read = async (folder: string): Promise<{ by: ReadBy; rasters: Uint8Array; labels: string[] }> => {
    const { name, spec, calibration } = await readCharacterCard(folder)
    const dataset = await openDataset(data, spec.input, signal)
    const rasters = renderDataset(dataset, spec.input)
    const readings = await readLogits(spec, await readWeights(folder), rasters, signal)
    const labels = Array.from(dataset.labelIndex, (label) => dataset.labels[label] ?? '')
    return { by: { name, spec, calibration, readings }, rasters, labels }
  }
  const before = await read(beforeFolder)
  const after = await read(afterFolder)
  return compareReadings({ name: data, labels: before.labels, rasters: before.rasters }, before.by, after.by)
}
