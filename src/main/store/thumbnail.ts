import { createRaster, type Raster } from '../../shared/image/raster'
import { resample } from '../../shared/image/resample'
import { thumbnailSize } from '../../shared/samples/sampleBlock'

/** The whole picture in a thumbnail's square, in the middle, without a change of its shape. */
export function thumbnailOf(picture: Raster): Uint8Array {
  const { width, height, pixels } = picture
  if (isThumbnail(picture)) return pixels
  const scale = thumbnailSize / Math.max(width, height)
  const small = resample(
    { width, height, values: Float32Array.from(pixels) },
    ...([thumbnailSize, thumbnailSize, scale] as const),
    (width - thumbnailSize / scale) / 2,
    (height - thumbnailSize / scale) / 2,
  )
  const thumbnail = createRaster(thumbnailSize, thumbnailSize).pixels
  small.values.forEach((value, at) => {
    thumbnail[at] = Math.round(Math.min(255, Math.max(0, value)))
  })
  return thumbnail
}

/** Whether a picture is its own thumbnail. */
export function isThumbnail({ width, height }: Raster): boolean {
  return width === thumbnailSize && height === thumbnailSize
}
