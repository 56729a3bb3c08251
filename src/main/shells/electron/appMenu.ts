import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand } from '../../../shared/contract/desktop'
import type { MenuTexts } from './menuTexts'
import { QUICK_PAD_SHORTCUT } from './quickPad'

export interface MenuActions {
  readonly command: (command: DesktopCommand) => void
  readonly showQuickPad: () => void
  readonly copyDiagnostics: () => void
  readonly openDataFolder: () => void
}

/**
 * The menu of the main window. The page itself knows the keys of the pad, which mean other things in a text field: here they
 * are only shown. Items with a role do what the system does, in the system's way.
 */
export function appMenu(
  texts: MenuTexts,
  actions: MenuActions,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const shown = (accelerator: string): MenuItemConstructorOptions => ({
    accelerator,
    registerAccelerator: false,
  })
  const command = (label: string, name: DesktopCommand): MenuItemConstructorOptions => ({
    label,
    click: () => actions.command(name),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const appItems: MenuItemConstructorOptions[] = [
    { label: texts.about, role: 'about' },
    separator,
    { label: texts.hide, role: 'hide' },
    { label: texts.hideOthers, role: 'hideOthers' },
    { label: texts.unhide, role: 'unhide' },
    separator,
    { label: texts.quit, role: 'quit' },
  ]
  return [
    ...(isMac ? [{ label: 'Longhand', submenu: appItems }] : []),
    {
      label: texts.file,
      submenu: [
        { ...command(texts.openPicture, 'openPicture'), accelerator: 'CmdOrCtrl+O' },
        ...(isMac ? [{ label: texts.recent, role: 'recentDocuments' } as const] : []),
        { label: texts.quickPad, ...shown(QUICK_PAD_SHORTCUT), click: actions.showQuickPad },
        separator,
        { label: texts.close, role: 'close' },
        ...(isMac ? [] : [{ label: texts.quit, role: 'quit' } as const]),
      ],
    },
    {
      label: texts.edit,
      submenu: [
        { ...command(texts.undo, 'undo'), ...shown('CmdOrCtrl+Z') },
        { ...command(texts.redo, 'redo'), ...shown('CmdOrCtrl+Shift+Z') },
        separator,
        { label: texts.cut, role: 'cut' },
        { label: texts.copy, role: 'copy' },
        { label: texts.paste, role: 'paste' },
        { label: texts.selectAll, role: 'selectAll' },
        separator,
        { ...command(texts.clear, 'clear'), ...shown('Escape') },
        command(texts.copyText, 'copyText'),
      ],
    },
    {
      label: texts.view,
      submenu: [
        { label: texts.resetZoom, role: 'resetZoom' },
        { label: texts.zoomIn, role: 'zoomIn' },
        { label: texts.zoomOut, role: 'zoomOut' },
        separator,
        { label: texts.fullScreen, role: 'togglefullscreen' },
      ],
    },
    { label: texts.window, submenu: [{ label: texts.minimize, role: 'minimize' }] },
    {
      label: texts.help,
      role: 'help',
      submenu: [
        { label: texts.copyDiagnostics, click: actions.copyDiagnostics },
        { label: texts.openDataFolder, click: actions.openDataFolder },
        ...(isMac ? [] : [separator, { label: texts.about, role: 'about' } as const]),
      ],
    },
  ]
}
