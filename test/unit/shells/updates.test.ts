import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Updates, type Updater } from '../../../src/main/shells/electron/updates'
import { recordingLog } from '../../fixtures/recordingLog'

const DAY_MS = 24 * 60 * 60_000

/** What of the updater is used; the real one asks for a packaged Electron as soon as it is loaded. */
class StandInUpdater implements Updater {
  autoDownload = false
  autoInstallOnAppQuit = false
  allowDowngrade = true
  checks = 0
  failure: Error | null = null

  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } }> {
    this.checks += 1
    if (this.failure) return Promise.reject(this.failure)
    return Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '9.9.9' } })
  }
}

const open = () => {
  const updater = new StandInUpdater()
  const log = recordingLog()
  const load = vi.fn(() => Promise.resolve(updater))
  return { updater, log, load, updates: new Updates(load, log) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('updates', () => {
  it('are looked for at the start and once a day, and installed at the end', async () => {
    const { updater, updates, load } = open()
    updates.start()
    updates.start()
    await vi.advanceTimersByTimeAsync(0)
    expect(updater).toMatchObject({
      checks: 1,
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: false,
    })
    await vi.advanceTimersByTimeAsync(3 * DAY_MS)
    expect(updater.checks).toBe(4)
    expect(load).toHaveBeenCalledOnce()
    updates.stop()
  })

  it('are neither looked for nor installed once they are switched off', async () => {
    const { updater, updates } = open()
    updates.start()
    await vi.advanceTimersByTimeAsync(0)
    updates.stop()
    await vi.advanceTimersByTimeAsync(3 * DAY_MS)
    expect(updater).toMatchObject({ checks: 1, autoInstallOnAppQuit: false })
  })

  it('that were never switched on load no updater', async () => {
    const { updates, load } = open()
    updates.stop()
    await vi.advanceTimersByTimeAsync(DAY_MS)
    expect(load).not.toHaveBeenCalled()
  })

  it('that cannot be had are a line in the log, and are looked for again', async () => {
    const { updater, updates, log } = open()
    updater.failure = new Error('net::ERR_INTERNET_DISCONNECTED')
    updates.start()
    await vi.advanceTimersByTimeAsync(DAY_MS)
    expect(updater.checks).toBe(2)
    expect(
      log.lines.filter(({ message }) => message === 'newer versions could not be looked for'),
    ).toHaveLength(2)
    updates.stop()
  })
})
