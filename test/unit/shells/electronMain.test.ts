import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { StartOptions } from '../../../src/main/shells/electron/startApp'
import { app } from '../../fixtures/electron/appState'
import { crashReporter } from '../../fixtures/electron/desktop'
import { shownErrors } from '../../fixtures/electron/electron'
import { privilegedSchemes } from '../../fixtures/electron/protocol'

vi.mock('electron', async () => (await import('../../fixtures/electron/electron')).electron)
// The app itself is started in startApp.test.ts; here is what comes before.
const startApp = vi.hoisted(() => vi.fn<(options: StartOptions) => Promise<void>>())
vi.mock('../../../src/main/shells/electron/startApp', () => ({ startApp }))

let dataFolder: string
const listeners = () => process.listeners('uncaughtException')
const before = listeners()

beforeAll(async () => {
  dataFolder = join(await mkdtemp(join(tmpdir(), 'longhand-main-')), 'data')
  vi.stubEnv('LONGHAND_DATA_FOLDER', dataFolder)
  await import('../../../src/main/shells/electron/main')
})

it('enables the sandbox and registers the app: scheme as a standard, secure one before Electron is ready', () => {
  expect(app.sandboxed).toBe(true)
  expect(privilegedSchemes()).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  expect(startApp).not.toHaveBeenCalled()
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(dirname(dataFolder), { recursive: true })
})

it('keeps crash dumps in the data folder and sends none', () => {
  expect(crashReporter.started).toEqual({ uploadToServer: false })
  expect(app.paths).toEqual(
    new Map([
      ['userData', join(dataFolder, 'browser')],
      ['crashDumps', join(dataFolder, 'crashes')],
    ]),
  )
})

it('starts the app once Electron is ready, and says so in a box where that fails', async () => {
  startApp.mockRejectedValue(new Error('no room left'))
  app.becomeReady()
  await vi.waitFor(() => expect(app.exitCode).toBe(1))
  expect(startApp.mock.lastCall?.[0]).toMatchObject({
    programFolder: dirname(new URL('../../../src/main/shells/electron/main.ts', import.meta.url).pathname),
    dataFolder,
    isCheck: false,
  })
  expect(shownErrors).toEqual(['Longhand cannot start: no room left'])
})

it('writes down what nobody caught, says so, and ends; after a longer run it starts again', async () => {
  const end = listeners().find((listener) => !before.includes(listener))
  if (!end) throw new Error('nobody listens')
  const uptime = vi.spyOn(process, 'uptime').mockReturnValue(5)
  end(new Error('a fault of ours'), 'uncaughtException')
  expect(app).toMatchObject({ exitCode: 1, relaunches: 0 })
  expect(shownErrors.at(-1)).toContain(join(dataFolder, 'logs'))
  uptime.mockReturnValue(3600)
  end(new Error('a fault of ours'), 'uncaughtException')
  expect(app.relaunches).toBe(1)
  expect(await readFile(join(dataFolder, 'logs', 'longhand.log'), 'utf8')).toContain('a fault of ours')
})
