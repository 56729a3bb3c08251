/** The picture formats that Longhand decodes. Others (SVG, PDF and whatever a decoder may know besides) never reach one. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'tiff' | 'bmp'

const pictureName = /\.(png|jpe?g|webp|tiff?|bmp)$/i

/** Whether a file's name says that it is a picture. */
export function isPictureName(file: string): boolean {
  return pictureName.test(file)
}

/** Tells the format by the first bytes; null for anything else. */
export function pictureFormat(bytes: Buffer): PictureFormat | null {
  const start = bytes.subarray(0, 12).toString('latin1')
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'webp'
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return 'tiff'
  if (start.startsWith('BM')) return 'bmp'
  return null
}

/**
 * Width and height where they lie at a fixed place of the header, so that a huge picture is refused for its size even if the
 * rest of it is missing; null where only a decoder can tell.
 */
export function sizeInHeader(bytes: Buffer, format: PictureFormat): { width: number; height: number } | null {
  if (format === 'png' && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  if (format === 'bmp' && bytes.length >= 26) {
    return { width: bytes.readUInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) }
  }
  return null
}
