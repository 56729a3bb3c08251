import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import type { Logger } from '../../../shared/logger'
import { APP_ORIGIN } from './appProtocol'
import { pagePreferences } from './pagePreferences'

/** A page that dies again and again is left dead: a loop of crashes helps nobody. */
const MOST_RELOADS = 3

export interface MainWindowOptions {
  programFolder: string
  resourcesFolder: string
  log: Logger
  /** The page died, and is being loaded again; or it is left dead. */
  readonly onPageGone: (isBack: boolean) => void
}

/**
 * Opens the one window, sandboxed and isolated, and shows it once there is something to see. Electron itself keeps its place
 * and size from run to run, within the displays that there are.
 */
export function openMainWindow({
  programFolder,
  resourcesFolder,
  log,
  onPageGone,
}: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    width: 1200,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Longhand',
    autoHideMenuBar: true,
    ...(process.platform === 'linux' ? { icon: join(resourcesFolder, 'icons', 'window.png') } : {}),
    webPreferences: pagePreferences(programFolder),
  })
  window.once('ready-to-show', () => window.show())
  let reloads = 0
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode }, 'the page is gone')
    if (reason === 'clean-exit') return
    const isBack = reloads < MOST_RELOADS
    reloads += 1
    if (isBack) window.webContents.reload()
    onPageGone(isBack)
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
