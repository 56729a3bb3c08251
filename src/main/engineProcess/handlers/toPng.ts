import type { Raster } from '../../../shared/image/raster'
import { encodePng } from '../../data/write/encodePicture'

/** Bytes on memory of their own: a small Buffer is a view into a shared one, all of which would be sent. */
export const toPng = async (picture: Raster): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await encodePng(picture))
