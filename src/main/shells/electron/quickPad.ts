import { BrowserWindow, globalShortcut, screen } from 'electron'
import type { Logger } from '../../../shared/logger'
import { APP_ORIGIN } from './appProtocol'
import { pagePreferences } from './pagePreferences'

/** Opens and closes the Quick pad from anywhere, where no other program has taken these keys. */
export const QUICK_PAD_SHORTCUT = 'CommandOrControl+Alt+L'

const WIDTH = 380
const HEIGHT = 420

/**
 * A small pad above all other windows, for one character or a few: its page puts what was read on the clipboard and closes
 * itself. Closing hides it, so that it is there at once the next time.
 */
export class QuickPad {
  #window: BrowserWindow | null = null
  #isEnding = false

  constructor(
    private readonly programFolder: string,
    private readonly log: Logger,
  ) {}

  /** Takes the shortcut. It may belong to another program; then the tray and the menu are still there. */
  listen(): void {
    if (globalShortcut.isRegistered(QUICK_PAD_SHORTCUT)) return
    const isTaken = !globalShortcut.register(QUICK_PAD_SHORTCUT, () => this.toggle())
    if (isTaken)
      this.log.warn({ shortcut: QUICK_PAD_SHORTCUT }, "the Quick pad's shortcut is in use elsewhere")
  }

  stopListening(): void {
    globalShortcut.unregister(QUICK_PAD_SHORTCUT)
    this.#window?.hide()
  }

  toggle(): void {
    if (this.#window?.isVisible()) this.#window.hide()
    else this.show()
  }

  /** Shows it where the pointer is, wholly within that display. */
  show(): void {
    const window = (this.#window ??= this.#open())
    const { x, y } = screen.getCursorScreenPoint()
    const { workArea } = screen.getDisplayNearestPoint({ x, y })
    const within = (at: number, from: number, room: number): number =>
      Math.round(Math.max(from, Math.min(at, from + room)))
    window.setPosition(
      within(x - WIDTH / 2, workArea.x, workArea.width - WIDTH),
      within(y - HEIGHT / 2, workArea.y, workArea.height - HEIGHT),
    )
    window.show()
    window.focus()
  }

  /** From now on closing it closes it: a window that refuses would keep the app from ending. */
  end(): void {
    this.#isEnding = true
    this.stopListening()
  }

  #open(): BrowserWindow {
    const window = new BrowserWindow({
      width: WIDTH,
      height: HEIGHT,
      show: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Longhand',
      autoHideMenuBar: true,
      webPreferences: pagePreferences(this.programFolder),
    })
    window.on('close', (event) => {
      if (this.#isEnding) return
      event.preventDefault()
      window.hide()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.log.error({ reason }, 'the page of the Quick pad is gone')
      // The next time it is opened anew.
      this.#window = null
      window.destroy()
    })
    void window.loadURL(`${APP_ORIGIN}/quickPad.html`).catch((error: unknown) => {
      this.log.error({ error }, 'the Quick pad cannot be loaded')
    })
    return window
  }
}
