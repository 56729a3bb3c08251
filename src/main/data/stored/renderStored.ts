import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import { inkToRaster } from '../../../shared/ink/inkToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import type { StoredSample } from '../../store/readStored'

/**
 * A stored sample as a model sees it: `[height, width]`, 0 to 255.
 * @param fitted whether a picture of the very size of the input is to be seen as it is
 */
export function renderStored({ ink, raster }: StoredSample, input: ModelInput, fitted: boolean): Uint8Array {
  if (ink) return inkToRaster(ink, input).pixels
  const asIs = fitted && raster.width === input.width && raster.height === input.height
  return asIs ? raster.pixels : pictureToRaster(raster, input).pixels
}
