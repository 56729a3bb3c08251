import type { ModelCard } from '../../../shared/model/modelCard'
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
  // Both first: one that cannot be compared is not found out after the other has read for minutes.
  const [beforeCard, afterCard] = [
    await readCharacterCard(beforeFolder),
    await readCharacterCard(afterFolder),
  ]
  const read = async (
    folder: string,
    { name, spec, calibration }: ModelCard,
  ): Promise<{ by: ReadBy; rasters: Uint8Array; labels: string[] }> => {
    const dataset = await openDataset(data, spec.input, signal)
    const rasters = renderDataset(dataset, spec.input)
    const readings = await readLogits(spec, await readWeights(folder), rasters, signal)
    const labels = Array.from(dataset.labelIndex, (label) => dataset.labels[label] ?? '')
    return { by: { name, spec, calibration, readings }, rasters, labels }
  }
  const before = await read(beforeFolder, beforeCard)
  const after = await read(afterFolder, afterCard)
  return compareReadings({ name: data, labels: before.labels, rasters: before.rasters }, before.by, after.by)
}
