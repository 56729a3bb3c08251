import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LockHeldError, takeLock } from '../../../src/main/store/lockFile'
import { temporaryFolder } from '../../fixtures/temporaryFolder'

/** A process that does nothing but live. */
function startProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const ended = once(child, 'close')
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function lockPath(): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder()
  return { folder, file: join(folder, 'made', 'a.lock') }
}

describe('a lock', () => {
  it('is had by one at a time, names who has it, and leaves nothing behind', async () => {
    const { folder, file } = await lockPath()
    const release = await takeLock(file)
    expect(await readFile(file, 'utf8')).toBe(String(process.pid))
    await expect(takeLock(file)).rejects.toMatchObject({ name: 'LockHeldError', pid: process.pid })
    await release()
    expect(await readdir(join(folder, 'made'))).toEqual([])
    await (
      await takeLock(file)
    )()
  })

  it('of many that want it at once goes to one', async () => {
    const { file } = await lockPath()
    const wanted = await Promise.allSettled(Array.from({ length: 10 }, () => takeLock(file)))
    expect(wanted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of wanted) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(LockHeldError)
  })

  it('stays with a process that lives, and is taken over from one that was killed, by one', async () => {
    const { folder } = await lockPath()
    const file = join(folder, 'a.lock')
    const other = startProcess()
    await writeFile(file, String(other.pid))
    await expect(takeLock(file)).rejects.toMatchObject({ pid: other.pid })
    await other.kill()
    const wanted = await Promise.allSettled(Array.from({ length: 10 }, () => takeLock(file)))
    expect(wanted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['a.lock'])
  })

  it.each([
    ['of an earlier process with this number', String(process.pid)],
    ['that says nothing', ''],
    ['that says nonsense', 'abc'],
  ])('%s is taken over', async (_what, content) => {
    const { folder } = await lockPath()
    const file = join(folder, 'a.lock')
    await writeFile(file, content)
    await (
      await takeLock(file)
    )()
    expect(await readdir(folder)).toEqual([])
  })

  it('from before the machine was started is taken over, whoever has its number now', async () => {
    const { folder } = await lockPath()
    const file = join(folder, 'a.lock')
    await writeFile(file, String(startProcess().pid))
    await utimes(file, new Date(2001, 1), new Date(2001, 1))
    await (
      await takeLock(file)
    )()
  })
})
