import { z } from 'zod'

/** A grey picture, row by row: 0 is paper and 255 is full ink, whatever the polarity of what it came from. */
export interface Raster {
  readonly width: number
  readonly height: number
  /** `width * height` values. */
  readonly pixels: Uint8Array
}

export const rasterSchema = z
  .object({
    width: z.int().min(1).max(4096),
    height: z.int().min(1).max(4096),
    pixels: z.custom<Uint8Array>((value) => value instanceof Uint8Array, { error: 'pixels must be bytes' }),
  })
  .refine((raster) => raster.pixels.length === raster.width * raster.height, {
    error: 'pixels must hold width * height values',
  })

export function createRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint8Array(width * height) }
}
