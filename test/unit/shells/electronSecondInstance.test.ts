import { expect, it, vi } from 'vitest'
import { app } from '../../fixtures/electron/appState'
import { BrowserWindow } from '../../fixtures/electron/browserWindow'

vi.mock('electron', async () => (await import('../../fixtures/electron/electron')).electron)

it('a second start of the app ends at once and opens nothing', async () => {
  app.hasLock = false
  await import('../../../src/main/shells/electron/main')
  expect(app.exitCode).toBe(0)
  app.becomeReady()
  await app.whenReady()
  expect(BrowserWindow.all).toHaveLength(0)
})
