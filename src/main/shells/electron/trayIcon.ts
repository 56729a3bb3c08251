import { join } from 'node:path'
import { Menu, Tray } from 'electron'
import type { MenuTexts } from './menuTexts'

export interface TrayActions {
  readonly showQuickPad: () => void
  readonly showWindow: () => void
  readonly quit: () => void
}

/** The icon beside the clock, with a menu. On Linux a click alone may do nothing, so that all is in the menu. */
export class TrayIcon {
  #tray: Tray | null = null

  constructor(
    private readonly resourcesFolder: string,
    private readonly actions: TrayActions,
  ) {}

  show(texts: MenuTexts): void {
    // macOS colours a template picture itself, by what lies behind it.
    const file = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
    this.#tray ??= new Tray(join(this.resourcesFolder, 'icons', file))
    this.#tray.setToolTip('Longhand')
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: texts.quickPad, click: this.actions.showQuickPad },
        { label: texts.open, click: this.actions.showWindow },
        { type: 'separator' },
        { label: texts.quit, click: this.actions.quit },
      ]),
    )
  }

  remove(): void {
    this.#tray?.destroy()
    this.#tray = null
  }
}
