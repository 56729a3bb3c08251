import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createFileLog } from '../../../src/main/log'
import { OpenedFiles } from '../../../src/main/shells/electron/openedFiles'
import { QUICK_PAD_SHORTCUT } from '../../../src/main/shells/electron/quickPad'
import { startApp } from '../../../src/main/shells/electron/startApp'
import type { Connection } from '../../../src/renderer/client/connection'
import { app } from '../../fixtures/electron/appState'
import { BrowserWindow } from '../../fixtures/electron/browserWindow'
import {
  clipboard,
  Menu,
  press,
  shell,
  takenShortcuts,
  Tray,
  type MenuItem,
} from '../../fixtures/electron/desktop'
import { shownErrors } from '../../fixtures/electron/electron'
import { Frame, runPreloadIn, sendFrom } from '../../fixtures/electron/ipc'
import type { MessagePortMain } from '../../fixtures/electron/ports'
import { fetchFromApp } from '../../fixtures/electron/protocol'
import { session } from '../../fixtures/electron/session'
import { utilityProcesses } from '../../fixtures/electron/utilityProcess'
import { enterPage, StandInPage } from '../../fixtures/shells/standInPage'

vi.mock('electron', async () => (await import('../../fixtures/electron/electron')).electron)

let folder: string
let window: BrowserWindow
let page: StandInPage
const log = (): string => readFileSync(join(folder, 'data', 'logs', 'longhand.log'), 'utf8')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-app-'))
  const programFolder = join(folder, 'out', 'main')
  await cp(inject('scriptedEngine'), programFolder, { recursive: true })
  const renderer = join(folder, 'out', 'renderer')
  await mkdir(join(renderer, 'assets'), { recursive: true })
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Longhand</title>')
  await writeFile(join(renderer, 'assets', 'page.js'), 'export {}')
  await writeFile(join(renderer, 'notes.txt'), 'of a kind that no page has')
  await writeFile(join(folder, 'out', 'secret.js'), 'a secret')
  const model = join(folder, 'resources', 'models', 'digits')
  await mkdir(model, { recursive: true })
  await writeFile(join(model, 'card.json'), '{}')

  await cp('resources/icons', join(folder, 'resources', 'icons'), { recursive: true })
  await writeFile(join(renderer, 'quickPad.html'), '<!doctype html><title>Quick pad</title>')
  await writeFile(join(folder, 'first.png'), 'a picture, to be decoded elsewhere')

  const dataFolder = join(folder, 'data')
  await mkdir(dataFolder)
  // What a run leaves that did not end by itself.
  await writeFile(join(dataFolder, 'running'), '1')
  const openedFiles = new OpenedFiles(app, ['--flag', 'first.png', 'notes.txt'], folder)
  app.becomeReady()
  await startApp({ programFolder, dataFolder, log: createFileLog(dataFolder), openedFiles, isCheck: false })
  const [opened] = BrowserWindow.all
  if (!opened) throw new Error('no window was opened')
  window = opened
  page = enterPage(new StandInPage('app://longhand/'))
  runPreloadIn(window.webContents.mainFrame)
  await import('../../../src/preload/preload')
  await vi.waitFor(() => expect(window.shown).toBe(true))
})

afterAll(async () => {
  vi.unstubAllGlobals()
  await rm(folder, { recursive: true, force: true })
})

describe('the window', () => {
  it('is sandboxed, isolated, without Node, and has the one preload', () => {
    expect(window.options).toMatchObject({
      name: 'main',
      windowStatePersistence: true,
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

  it('comes to the front when the app is started a second time', () => {
    window.minimized = true
    app.emit('second-instance', {}, ['longhand'], folder)
    expect(window).toMatchObject({ minimized: false, focused: 1 })
  })

  it('loads its page again when that crashed, but not for ever', () => {
    for (let crash = 0; crash < 10; crash++) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    }
    expect(window.webContents.reloads).toBe(3)
    expect(log()).toContain('the page is gone')
    expect(shownErrors[0]).toMatch(/^The window keeps failing: .*what you kept is safe/)
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

describe('around the page', () => {
  const client = async () => (await (await import('../../../src/renderer/client/connect')).connect()).client
  const items = (menu: Menu | null): MenuItem[] =>
    menu?.items.flatMap((item) => [item, ...(item.submenu ?? [])]) ?? []
  const click = (menu: Menu | null, label: string): void => {
    const item = items(menu).find((candidate) => candidate.label === label)
    if (!item?.click) throw new Error(`there is nothing to click named ${label}`)
    item.click()
  }
  const pad = () =>
    BrowserWindow.all.find((candidate) => candidate.options.alwaysOnTop && !candidate.destroyed)

  it('tells the page of a crash of the last run, of files and of menu commands, each once', async () => {
    const { desktop } = await client()
    const events = await desktop.events()
    const next = async () => (await events.next()).value
    const bytes = new Uint8Array(Buffer.from('a picture, to be decoded elsewhere'))
    const sofar = [await next(), await next(), await next(), await next(), await next()]
    expect(sofar).toHaveLength(5)
    expect(sofar).toEqual(
      expect.arrayContaining([
        { event: 'recovered', part: 'app' },
        { event: 'recovered', part: 'page' },
        { event: 'picture', name: 'first.png', bytes },
      ]),
    )
    click(Menu.application, 'Undo')
    expect(await next()).toEqual({ event: 'command', command: 'undo' })
    app.emit('second-instance', {}, ['longhand', 'mine.onnx'], folder)
    expect(await next()).toEqual({ event: 'model', file: join(folder, 'mine.onnx') })
    app.emit('open-file', { preventDefault: () => undefined }, join(folder, 'hand.longhand'))
    expect(await next()).toEqual({ event: 'model', file: join(folder, 'hand.longhand') })
    expect(app.recentDocuments).toEqual(
      ['first.png', 'mine.onnx', 'hand.longhand'].map((name) => join(folder, name)),
    )
    await events.return(undefined)
  })

  it('the menu follows the language at once, and names every item in it', async () => {
    const { settings } = await client()
    const english = items(Menu.application).map(({ label }) => label)
    await settings.update({ language: 'zh-CN' })
    const chinese = items(Menu.application).map(({ label }) => label)
    expect(chinese).toHaveLength(english.length)
    expect(chinese.filter((label, at) => label !== undefined && label === english[at])).toEqual([])
    await settings.update({ language: 'en' })
    expect(items(Menu.application).map(({ label }) => label)).toEqual(english)
  })

  it('the shortcut shows the Quick pad within the display, above all, as locked up as the main window', async () => {
    press(QUICK_PAD_SHORTCUT)
    expect(pad()?.options).toMatchObject({ alwaysOnTop: true, webPreferences: window.options.webPreferences })
    expect(pad()).toMatchObject({ shown: true, position: { x: 60, y: 630 } })
    await vi.waitFor(() => expect(pad()?.loaded).toContain('Quick pad'))
    press(QUICK_PAD_SHORTCUT)
    expect(pad()?.shown).toBe(false)
  })

  it('the Quick pad is only hidden when its page closes it, and opened anew after a crash', () => {
    const [tray] = Tray.all
    click(tray?.menu ?? null, 'Quick Pad')
    const first = pad()
    first?.close()
    expect(first).toMatchObject({ shown: false, destroyed: false })
    first?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(first?.destroyed).toBe(true)
    press(QUICK_PAD_SHORTCUT)
    expect(pad()).not.toBe(first)
    expect(pad()?.shown).toBe(true)
  })

  it('tray and shortcut go with the setting, and come back', async () => {
    const { settings } = await client()
    await settings.update({ quickPad: false })
    expect(Tray.all.every(({ destroyed }) => destroyed)).toBe(true)
    press(QUICK_PAD_SHORTCUT)
    expect(pad()?.shown).toBe(false)
    takenShortcuts.add(QUICK_PAD_SHORTCUT)
    await settings.update({ quickPad: true })
    expect(log()).toContain("the Quick pad's shortcut is in use elsewhere")
    takenShortcuts.clear()
    await settings.update({ quickPad: true })
    expect(Tray.all.at(-1)?.destroyed).toBe(false)
    press(QUICK_PAD_SHORTCUT)
    expect(pad()?.shown).toBe(true)
  })

  it('diagnostics go to the clipboard, without names of files or of the user’s folder', async () => {
    click(Menu.application, 'Copy Diagnostics')
    await vi.waitFor(() => expect(clipboard.text).not.toBe(''))
    expect(clipboard.text).toContain('"longhand": "0.0.0-test"')
    expect(clipboard.text).toContain('the page is gone')
    expect(clipboard.text).not.toContain('evil.example')
    expect(clipboard.text).not.toContain('first.png')
  })

  it('shows the data folder', () => {
    click(Menu.application, 'Show the Data Folder')
    expect(shell.opened).toEqual([join(folder, 'data')])
  })
})

describe('other programs', () => {
  it('are answered while the setting says so, and what they add carries its own source', async () => {
    const { client } = await (await import('../../../src/renderer/client/connect')).connect()
    const localApiPort = await freePort()
    const base = `http://127.0.0.1:${localApiPort}/v1`
    await expect(fetch(`${base}/models`)).rejects.toThrow()
    const { token } = await client.api.addProgram({ name: 'a notebook' })
    const ask = (path: string, body?: unknown): Promise<Response> =>
      fetch(base + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })

    await client.settings.update({ localApi: true, localApiPort })
    expect(await client.api.state()).toEqual({ url: `http://127.0.0.1:${localApiPort}`, fault: null })
    expect((await fetch(`${base}/models`)).status).toBe(401)
    const ink = [[[0, 0] as const, [20, 0] as const, [5, 30] as const]]
    expect(await (await ask('/readings/ink', { ink })).json()).toMatchObject({
      candidates: [{ label: '1 strokes' }],
    })
    const [own] = await client.datasets.list()
    const added = await ask(`/datasets/${own?.id}/samples`, { samples: [{ ink, label: '7' }] })
    const { ids } = (await added.json()) as { ids: number[] }
    expect(await client.samples.get({ id: ids[0] ?? 0 })).toMatchObject({ label: '7', source: 'api' })
    const { parts } = await client.storage.survey()
    expect(parts.find(({ part }) => part === 'programs')).toMatchObject({ files: 2 })
    expect(parts.find(({ part }) => part === 'other')).toBeUndefined()

    await client.settings.update({ localApi: false })
    expect(await client.api.state()).toEqual({ url: null, fault: null })
    await expect(ask('/models')).rejects.toThrow()
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

describe('the end of the app', () => {
  it('waits for the services, and ends the engine with them', async () => {
    const [engine] = utilityProcesses
    if (!engine) throw new Error('no engine was started')
    const gone = new Promise((resolve) => engine.once('exit', resolve))
    const ended = new Promise((resolve) => app.once('test-exit', resolve))
    expect(existsSync(join(folder, 'data', 'running'))).toBe(true)
    window.close()
    expect(app.exitCode).toBeNull()
    await Promise.all([gone, ended])
    expect(app.exitCode).toBe(0)
    expect(existsSync(join(folder, 'data', 'running'))).toBe(false)
    expect(Tray.all.every(({ destroyed }) => destroyed)).toBe(true)
  })
})
