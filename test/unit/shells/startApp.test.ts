import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp } from '../../../src/main/shells/electron/startApp'
import type { Connection } from '../../../src/renderer/client/connection'
import { app } from '../../fixtures/electron/appState'
import { BrowserWindow } from '../../fixtures/electron/browserWindow'
import { menu } from '../../fixtures/electron/electron'
import { Frame, runPreloadIn, sendFrom } from '../../fixtures/electron/ipc'
import type { MessagePortMain } from '../../fixtures/electron/ports'
import { fetchFromApp } from '../../fixtures/electron/protocol'
import { session } from '../../fixtures/electron/session'
import { utilityProcesses } from '../../fixtures/electron/utilityProcess'
import { buildEngine } from '../../fixtures/engines/buildEngine'
import { enterPage, StandInPage } from '../../fixtures/shells/standInPage'

vi.mock('electron', async () => (await import('../../fixtures/electron/electron')).electron)

let folder: string
let window: BrowserWindow
let page: StandInPage
const log = (): string => readFileSync(join(folder, 'data', 'logs', 'longhand.log'), 'utf8')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-app-'))
  const programFolder = join(folder, 'out', 'main')
  const engineFolder = await buildEngine('scriptedEngine')
  await cp(engineFolder, programFolder, { recursive: true })
  await rm(engineFolder, { recursive: true })
  const renderer = join(folder, 'out', 'renderer')
  await mkdir(join(renderer, 'assets'), { recursive: true })
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Longhand</title>')
  await writeFile(join(renderer, 'assets', 'page.js'), 'export {}')
  await writeFile(join(renderer, 'notes.txt'), 'of a kind that no page has')
  await writeFile(join(folder, 'out', 'secret.js'), 'a secret')
  const model = join(folder, 'resources', 'models', 'digits')
  await mkdir(model, { recursive: true })
  await writeFile(join(model, 'card.json'), '{}')

  vi.stubEnv('LONGHAND_DATA_FOLDER', join(folder, 'data'))
  app.becomeReady()
  startApp({ programFolder })
  const [opened] = BrowserWindow.all
  if (!opened) throw new Error('no window was opened')
  window = opened
  page = enterPage(new StandInPage('app://longhand/'))
  runPreloadIn(window.webContents.mainFrame)
  await import('../../../src/preload/preload')
  await vi.waitFor(() => expect(window.shown).toBe(true))
})

afterAll(async () => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  await rm(folder, { recursive: true, force: true })
})

describe('the window', () => {
  it('is sandboxed, isolated, without Node, and has the one preload', () => {
    expect(window.options).toMatchObject({
      minWidth: 900,
      minHeight: 600,
      show: false,
      webPreferences: {
        preload: join(folder, 'out', 'preload', 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      },
    })
  })

  it('shows the page that was built', () => {
    expect(window.loaded).toContain('<title>Longhand</title>')
    expect(BrowserWindow.all).toHaveLength(1)
  })

  it('has no menu where the system has none', () => {
    expect(menu.current).toBe(process.platform === 'darwin' ? 'default' : null)
  })

  it('comes to the front when the app is started a second time', () => {
    window.minimized = true
    app.emit('second-instance')
    expect(window).toMatchObject({ minimized: false, focused: 1 })
  })

  it('loads its page again when that crashed, but not for ever', () => {
    for (let crash = 0; crash < 10; crash++) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    }
    expect(window.webContents.reloads).toBe(3)
    expect(log()).toContain('the page is gone')
  })
})

describe('the app: protocol', () => {
  it('serves files with their type and the security headers', async () => {
    const response = await fetchFromApp('app://longhand/assets/page.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const policy = response.headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toContain('unsafe')
  })

  it.each([
    'app://longhand/../secret.js',
    'app://longhand/%2e%2e/secret.js',
    'app://longhand/..%2fsecret.js',
    'app://longhand/..%5csecret.js',
    'app://longhand/assets/..%2f..%2fsecret.js',
    'app://longhand/%00.js',
    'app://longhand/%ff.js',
    'app://longhand/nothing.js',
    'app://longhand/notes.txt',
    'app://longhand/assets',
    'app://elsewhere/index.html',
  ])('refuses %s', async (url) => {
    const response = await fetchFromApp(url)
    expect([403, 404]).toContain(response.status)
    expect(await response.text()).toBe('')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('refuses what is not GET or HEAD', async () => {
    expect((await fetchFromApp('app://longhand/', { method: 'POST', body: 'x' })).status).toBe(405)
    expect((await fetchFromApp('app://longhand/', { method: 'HEAD' })).status).toBe(200)
  })
})

describe('the page may', () => {
  it('write to the clipboard', () => {
    expect(session.defaultSession.grants('clipboard-sanitized-write')).toMatchObject({
      request: true,
      check: true,
    })
  })

  it.each([
    'media',
    'geolocation',
    'clipboard-read',
    'notifications',
    'fullscreen',
    'openExternal',
    'toString',
  ])('not have %s', (permission) => {
    expect(session.defaultSession.grants(permission)).toEqual({ request: false, check: false, device: false })
    expect(log()).toContain(`"permission":"${permission}"`)
  })

  it('navigate within itself and nowhere else', () => {
    const { webContents } = window
    expect(webContents.wouldAllow('will-frame-navigate', 'app://longhand/')).toBe(true)
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'app://longhand.evil/',
      'javascript:0',
    ]) {
      expect(webContents.wouldAllow('will-frame-navigate', url)).toBe(false)
      expect(webContents.wouldAllow('will-redirect', url)).toBe(false)
    }
    expect(webContents.wouldAllow('will-attach-webview', 'app://longhand/')).toBe(false)
    expect(webContents.windowOpenHandler?.({ url: 'app://longhand/' })).toEqual({ action: 'deny' })
    expect(log()).toContain('denied a navigation')
  })
})

describe('the line to the services', () => {
  let connection: Connection

  beforeAll(async () => {
    const { connect } = await import('../../../src/renderer/client/connect')
    connection = await connect()
  })

  it('is handed to the page by the preload, and answers', async () => {
    expect(connection.shell).toBe('electron')
    expect(await connection.client.settings.update({ theme: 'dark' })).toMatchObject({ theme: 'dark' })
  })

  it('reaches the engine, which runs as a utility process with a name', async () => {
    const prediction = await connection.client.recognition.ink({ ink: [[[0, 0]], [[1, 1]]] })
    expect(prediction.candidates).toEqual([{ label: '2 strokes', probability: 1 }])
    expect(prediction.raster.pixels).toEqual(new Uint8Array([0, 1, 128, 255]))
    expect(utilityProcesses[0]?.options).toMatchObject({ serviceName: 'Longhand engine (recognize)' })
  })

  it('carries errors as they were thrown', async () => {
    await expect(connection.client.models.card({ model: 'nobody' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'model-unknown',
      data: { name: 'nobody' },
    })
  })

  it('refuses input that breaks the contract, and the log says why', async () => {
    await expect(connection.client.settings.update({ penWidth: 1000 })).rejects.toMatchObject({
      code: 'bad-input',
    })
    expect(log()).toContain('penWidth')
  })

  it.each([
    ['the frame is gone', null],
    ['the frame is not ours', new Frame('https://evil.example/')],
    ['the frame is not ours', new Frame('app://longhand.evil/')],
    ['the frame is not the top one', new Frame('app://longhand/', new Frame('app://longhand/'))],
  ])('is refused where %s', async (fault, frame) => {
    const posted = frame === null ? null : vi.spyOn(frame, 'postMessage')
    sendFrom(frame, 'longhand:connect')
    await Promise.resolve()
    expect(posted?.mock.calls ?? []).toEqual([])
    expect(log()).toContain(fault)
  })

  it('is not asked for by the preload on behalf of other windows and origins', async () => {
    const { ipcRenderer } = await import('../../fixtures/electron/ipc')
    const send = vi.spyOn(ipcRenderer, 'send')
    page.receive('longhand:connect', { source: new StandInPage('app://longhand/') })
    page.receive('longhand:connect', { origin: 'https://evil.example' })
    page.receive('something else')
    await new Promise((resolve) => setImmediate(resolve))
    expect(send).not.toHaveBeenCalled()
  })

  it('is cut where the page does not speak the protocol', async () => {
    const frame = new Frame('app://longhand/')
    const handedOver = new Promise<MessagePortMain>((resolve) => {
      vi.spyOn(frame, 'postMessage').mockImplementation((_channel, _message, [port] = []) => {
        if (port) resolve(port)
      })
    })
    sendFrom(frame, 'longhand:connect')
    const port = await handedOver
    const closed = new Promise((resolve) => port.once('close', resolve))
    port.start()
    port.postMessage({ not: 'a call' })
    await closed
    expect(log()).toContain('refused a message')
  })
})

describe('the end of the app', () => {
  it('waits for the services, and ends the engine with them', async () => {
    const [engine] = utilityProcesses
    if (!engine) throw new Error('no engine was started')
    const gone = new Promise((resolve) => engine.once('exit', resolve))
    const ended = new Promise((resolve) => app.once('test-exit', resolve))
    app.emit('window-all-closed')
    expect(app.exitCode).toBeNull()
    await Promise.all([gone, ended])
    expect(app.exitCode).toBe(0)
  })
})
