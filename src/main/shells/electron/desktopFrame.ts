import { app, clipboard, Menu, shell, type BrowserWindow } from 'electron'
import type { DesktopCommand } from '../../../shared/contract/desktop'
import type { Settings } from '../../../shared/contract/settings'
import { languageOf } from '../../../shared/language'
import type { Logger } from '../../../shared/logger'
import type { Services } from '../../services/createServices'
import { createInProcessClient } from '../../services/inProcessClient'
import { appMenu } from './appMenu'
import { focusWindow } from './mainWindow'
import { menuTexts } from './menuTexts'
import { QuickPad } from './quickPad'
import { TrayIcon } from './trayIcon'
import { loadUpdater, Updates } from './updates'

export interface DesktopFrameOptions {
  services: Services
  window: BrowserWindow
  programFolder: string
  resourcesFolder: string
  dataFolder: string
  log: Logger
}

/** What surrounds the page on a desktop: menu, tray, Quick pad and updates, each as the settings have it at the time. */
export async function openDesktopFrame(options: DesktopFrameOptions): Promise<void> {
  const { services, window, programFolder, resourcesFolder, dataFolder, log } = options
  const client = createInProcessClient(services.router)
  const quickPad = new QuickPad(programFolder, log)
  const showQuickPad = (): void => quickPad.show()
  const tray = new TrayIcon(resourcesFolder, {
    showQuickPad,
    showWindow: () => focusWindow(window),
    quit: () => app.quit(),
  })
  const updates = new Updates(loadUpdater, log)
  app.on('before-quit', () => {
    quickPad.end()
    tray.remove()
  })

  const copyDiagnostics = async (): Promise<void> => clipboard.writeText(await client.system.diagnostics())
  const actions = {
    command: (command: DesktopCommand) => services.desktop.push({ event: 'command', command }),
    showQuickPad,
    copyDiagnostics: () => void copyDiagnostics(),
    openDataFolder: () => void shell.openPath(dataFolder),
  }

  const follow = (settings: Settings): void => {
    const texts = menuTexts[languageOf(settings.language, app.getPreferredSystemLanguages())]
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(texts, actions)))
    if (settings.quickPad) {
      quickPad.listen()
      tray.show(texts)
    } else {
      quickPad.stopListening()
      tray.remove()
    }
    // What runs from its source is updated by whoever has the source.
    if (settings.updates && app.isPackaged) updates.start()
    else updates.stop()
  }
  services.onSettings(follow)
  follow(await client.settings.get())
}
