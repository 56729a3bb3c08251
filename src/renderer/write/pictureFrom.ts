import type { Picture } from './writeSession.svelte'

/** What the file dialog offers; the service looks at the bytes themselves. */
export const pictureTypes =
  'image/png,image/jpeg,image/webp,image/bmp,image/tiff,.png,.jpg,.jpeg,.webp,.bmp,.tif,.tiff'

/** The first picture of a drop or a paste; null where there is none. */
export function pictureFile(data: DataTransfer | null): File | null {
  return [...(data?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null
}

/** Rejects where the file cannot be read. */
export async function pictureFrom(file: File): Promise<Picture> {
  return {
    name: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    url: URL.createObjectURL(file),
  }
}
