import { AppError } from '../../../shared/errors/appError'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import type { Subject } from '../../../shared/model/explanation'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { renderStored } from '../../data/stored/renderStored'
import { inStore } from '../../data/stored/storedSource'
import { personalSources } from '../../../shared/samples/sampleQuery'
import { findStored, readStored } from '../../store/readStored'

/** The newest samples that likeness is looked for among. */
const mostCompared = 4000

/** @throws AppError 'sample-unknown'. Gives what the model sees, [height, width]. */
export function rasterOf(subject: Subject, input: ModelInput): Promise<Uint8Array> | Uint8Array {
  if ('raster' in subject) {
    const { raster } = subject
    const fits = raster.width === input.width && raster.height === input.height
    return fits ? raster.pixels : pictureToRaster(raster, input).pixels
  }
  const { sample: id } = subject
  return inStore((context) => {
    const [[sample] = []] = [...readStored(context, Uint32Array.of(id))]
    if (!sample) throw new AppError('sample-unknown', { id })
    return renderStored(sample, input, true)
  })
}

/** Samples of the user's own hand, the newest; all there are where there are none. */
export function comparedSamples(
  input: ModelInput,
  without: number | null,
): Promise<{ id: number; label: string; pixels: Uint8Array }[]> {
  return inStore((context) => {
    const own = findStored(context, { sources: [...personalSources] })
    const { ids, fitted } = own.ids.length > 0 ? own : findStored(context, {})
    const wanted = ids.subarray(-mostCompared).filter((id) => id !== without)
    return [...readStored(context, wanted)].flat().map((sample) => ({
      id: sample.id,
      label: sample.label,
      pixels: renderStored(sample, input, fitted),
    }))
  })
}
