import sharp from 'sharp'
import type { Raster } from '../../../shared/image/raster'
import type { SourceSample } from '../sampleSource'

/** Pictures that are encoded at the same time; sharp has its own threads. */
export const encodedAtOnce = 16

/** A sample that is a picture. */
export type PictureSample = SourceSample & { readonly kind: 'picture' }

/** A grey PNG, ink light on dark. */
export function encodePng({ width, height, pixels }: Raster): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6, adaptiveFiltering: false })
    .toBuffer()
}
