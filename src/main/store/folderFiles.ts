import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of a folder, or a link; what a link leads to is not looked at. */
export interface FolderFile {
  /** Relative to the folder. */
  readonly path: string
  readonly bytes: number
  readonly mtimeMs: number
  readonly isLink: boolean
}

/** Every file below a folder, by path. What goes away meanwhile is left out, and a folder that is not there has none. */
export async function folderFiles(folder: string): Promise<FolderFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  const found: FolderFile[] = []
  for (const entry of entries) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue
    const full = join(entry.parentPath, entry.name)
    const stats = await lstat(full).catch(() => null)
    if (!stats) continue
    const { size: bytes, mtimeMs } = stats
    found.push({ path: full.slice(folder.length + 1), bytes, mtimeMs, isLink: entry.isSymbolicLink() })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}
