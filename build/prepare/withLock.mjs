import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryRoot } from '../repository.mjs'

const lockFolder = join(
  tmpdir(),
  `longhand-${createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 16)}.lock`,
)
const ownerFile = join(lockFolder, 'pid')

/** Whether the process that took the lock is gone, having left it behind. */
async function isAbandoned() {
  try {
    const owner = Number(await readFile(ownerFile, 'utf8'))
    try {
      process.kill(owner, 0)
      return false
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ESRCH'
    }
  } catch {
    // Its owner has not written its number yet, or died before it could.
    const taken = await stat(lockFolder).catch(() => null)
    return taken !== null && Date.now() - taken.mtimeMs > 5000
  }
}

/**
 * Runs a piece of work that must not run twice at a time on this repository (install, build), across processes: two
 * commands typed at once on a fresh clone would else delete each other's node_modules.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  for (;;) {
    try {
      // A folder, because making one either succeeds or fails, with nothing in between, on every file system.
      await mkdir(lockFolder)
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (await isAbandoned()) await rm(lockFolder, { recursive: true, force: true })
      else await sleep(200)
    }
  }
  try {
    await writeFile(ownerFile, String(process.pid))
    return await work()
  } finally {
    await rm(lockFolder, { recursive: true, force: true })
  }
}
