import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import type { Logger } from '../../../shared/logger'
import { APP_ORIGIN } from './appProtocol'

/** A page that dies again and again is left dead: a loop of crashes helps nobody. */
const MOST_RELOADS = 3

/** Opens the one window, sandboxed and isolated, and shows it once there is something to see. */
export function openMainWindow(options: { programFolder: string; log: Logger }): BrowserWindow {
  const { programFolder, log } = options
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Longhand',
    webPreferences: {
      preload: join(programFolder, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  let reloads = 0
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode }, 'the page is gone')
    if (reason === 'clean-exit' || reloads >= MOST_RELOADS) return
    reloads += 1
    window.webContents.reload()
  })
  void window.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
    log.error({ error }, 'the page cannot be loaded')
  })
  return window
}

/** Brings the window to the front, for a second start of the app. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
