import { open, rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file beside its place, to be moved there when all that belongs to it is written too. Its content is on the disk
 * when this is done; where that fails, what was written of it is taken away again.
 * @returns moves it to its place
 */
export async function writeBeside(file: string, content: Uint8Array | string): Promise<() => Promise<void>> {
  try {
    await writeFile(part(file), content, { flush: true })
  } catch (error) {
    await discardBeside(file)
    throw error
  }
  return () => rename(part(file), file)
}

/** Takes away what writeBeside left. Where even that fails, it costs nothing but space. */
export async function discardBeside(file: string): Promise<void> {
  await rm(part(file), { force: true }).catch(() => undefined)
}

/** Where writeBeside leaves a file until it is moved. */
export const part = (file: string): string => `${file}.part`

/** Makes the names in a folder as lasting as the content of its files. Windows does that by itself, and knows no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
