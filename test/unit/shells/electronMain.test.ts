import { dirname } from 'node:path'
import { beforeAll, expect, it, vi } from 'vitest'
import { app } from '../../fixtures/electron/appState'
import { shownErrors } from '../../fixtures/electron/electron'
import { privilegedSchemes } from '../../fixtures/electron/protocol'

vi.mock('electron', async () => (await import('../../fixtures/electron/electron')).electron)
// The app itself is started in startApp.test.ts; here is what comes before.
const startApp = vi.hoisted(() => vi.fn<(options: { programFolder: string }) => void>())
vi.mock('../../../src/main/shells/electron/startApp', () => ({ startApp }))

beforeAll(async () => {
  await import('../../../src/main/shells/electron/main')
})

it('enables the sandbox and registers the app: scheme as a standard, secure one before Electron is ready', () => {
  expect(app.sandboxed).toBe(true)
  expect(privilegedSchemes()).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  expect(startApp).not.toHaveBeenCalled()
})

it('starts the app once Electron is ready, and says so in a box where that fails', async () => {
  startApp.mockImplementation(() => {
    throw new Error('no room left')
  })
  app.becomeReady()
  await vi.waitFor(() => expect(app.exitCode).toBe(1))
  expect(startApp).toHaveBeenCalledExactlyOnceWith({
    programFolder: dirname(new URL('../../../src/main/shells/electron/main.ts', import.meta.url).pathname),
  })
  expect(shownErrors).toEqual(['Longhand cannot start: no room left'])
})
