import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Replaces a file's content so that, whatever happens meanwhile, there is the old content or the new one, never a part:
 * written beside it, flushed to the disk, then renamed over it.
 */
export async function writeFileAtomically(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renameWhenFree(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** On Windows a virus scanner or an indexer may hold the file for a moment. */
async function renameWhenFree(from: string, to: string, attempts = 5): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (attempt === attempts || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error
      await delay(20 * 2 ** attempt)
    }
  }
}
