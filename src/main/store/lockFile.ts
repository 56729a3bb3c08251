import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { dirname } from 'node:path'

/** Somebody else has the lock. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError'
  constructor(
    /** Of the process that has it. */
    readonly pid: number,
  ) {
    super(`held by process ${pid}`)
  }
}

/** Clocks are set while a machine starts. */
const BOOT_TOLERANCE_MS = 60_000
const ATTEMPTS = 5

/** Those of this process, by which it tells its own locks from those of an earlier process with the same number. */
const held = new Set<string>()

/**
 * Takes a lock that one process at a time may have: a file with its process number. One that a process left behind when it
 * was killed, or the machine when it stopped, is taken over.
 *
 * @returns lets go of it
 * @throws LockHeldError; what the file system throws where no file can be made there
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  await mkdir(dirname(file), { recursive: true })
  const own = `${file}.${randomUUID()}`
  await writeFile(own, String(process.pid))
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        // A link appears with its content at once, so that nobody ever reads half a lock.
        await link(own, file)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === ATTEMPTS) throw error
        await clearStale(file)
      }
    }
  } finally {
    await rm(own, { force: true })
  }
  held.add(file)
  return async () => {
    held.delete(file)
    // One that cannot be taken away is stale as soon as this process ends, and for itself from now on.
    await rm(file, { force: true }).catch(() => undefined)
  }
}

/** Takes a lock away that belongs to nobody any more. */
async function clearStale(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return
  const pid = Number(text)
  if (await isHeld(file, pid)) throw new LockHeldError(pid)
  // Another process may have come to the same conclusion a moment ago, and have the lock by now: then it gets it back.
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(() => undefined)
  const taken = await readFile(aside, 'utf8').catch(() => text)
  if (taken !== text) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

async function isHeld(file: string, pid: number): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return held.has(file)
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }))
  const bootedMs = Date.now() - uptime() * 1000
  return mtimeMs > bootedMs - BOOT_TOLERANCE_MS && isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
