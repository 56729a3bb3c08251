import { open, stat } from 'node:fs/promises'
import { AppError } from '../../../shared/errors/appError'
import { pictureToRaster } from '../../../shared/image/pictureToRaster'
import type { ModelInput } from '../../../shared/model/modelSpec'
import { fileError, malformed, throwIfAborted } from '../dataErrors'
import { createDataset, sharedBytes, type Dataset } from '../dataset'
import { folderPictures } from './folderPictures'
import type { PictureMember } from './pictureSource'
import { readPicture } from './readPicture'
import { tarPictures } from './tarPictures'
import { zipPictures } from './zipPictures'

/** Pictures that are decoded at the same time; sharp has its own threads. */
const decodedAtOnce = 16

/**
 * Opens pictures that lie in one folder per label, in a folder or in a ZIP or tar (gzipped or not; told by the first bytes). Any
 * folders may stand before the label's. Files that are no pictures by name are skipped; a blank picture stays, as an
 * empty raster, so that counts add up.
 *
 * @throws AppError 'file-missing', 'file-unreadable', 'file-empty', 'data-malformed' (place: the member), 'cancelled'
 */
export async function openPictureFolders(options: {
  name: string
  path: string
  input: ModelInput
  signal?: AbortSignal | undefined
}): Promise<Dataset> {
  const { name, path, input, signal } = options
  const { width, height } = input
  const labels: string[] = []
  const rasters: Uint8Array[] = []
  let waiting: PictureMember[] = []
  const decodeWaiting = async (): Promise<void> => {
    const decoded = await Promise.all(waiting.map((picture) => decode(path, picture, input)))
    labels.push(...waiting.map(({ label }) => label))
    rasters.push(...decoded)
    waiting = []
    throwIfAborted(signal)
  }
  throwIfAborted(signal)
  for await (const picture of await openSource(path)) {
    waiting.push(picture)
    if (waiting.length === decodedAtOnce) await decodeWaiting()
  }
  await decodeWaiting()
  const pixels = sharedBytes(rasters.length * width * height)
  rasters.forEach((raster, index) => pixels.set(raster, index * width * height))
  return createDataset(name, labels, { kind: 'rasters', width, height, pixels })
}

async function decode(
  path: string,
  { member, bytes }: PictureMember,
  input: ModelInput,
): Promise<Uint8Array> {
  try {
    return pictureToRaster(await readPicture(bytes, member), input).pixels
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const { code, data } = cause as AppError
    if (code === 'picture-blank') return new Uint8Array(input.width * input.height)
    throw malformed(path, member, 'detail' in data ? data.detail : code, cause)
  }
}

async function openSource(path: string): Promise<AsyncGenerator<PictureMember>> {
  try {
    if ((await stat(path)).isDirectory()) return folderPictures(path)
  } catch (cause) {
    throw fileError(path, cause)
  }
  const start = await firstBytes(path)
  if (start.length === 0) throw new AppError('file-empty', { file: path })
  if (start.toString('latin1', 0, 2) === 'PK') return zipPictures(path)
  if (start[0] === 0x1f && start[1] === 0x8b) return tarPictures(path, true)
  if (start.toString('latin1', 257, 262) === 'ustar') return tarPictures(path, false)
  throw malformed(path, 'byte 0', 'it is neither a folder nor a ZIP or tar')
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const handle = await open(path)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw fileError(path, cause)
  }
}
