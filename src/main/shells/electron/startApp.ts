import { join } from 'node:path'
import { app, Menu, session } from 'electron'
import { defaultDataFolder } from '../../dataFolder'
import { createFileLog } from '../../log'
import { createServices } from '../../services/createServices'
import { createRpcHost } from '../rpcHost'
import { handleAppProtocol } from './appProtocol'
import { connectPort } from './connectPort'
import { focusWindow, openMainWindow } from './mainWindow'
import { restrictNavigation } from './navigation'
import { restrictPermissions } from './permissions'
import { utilityEngine } from './utilityEngine'

/** Builds the desktop app, once Electron is ready: log, services, what the page may do, the window. */
export function startApp(options: { programFolder: string }): void {
  const { programFolder } = options
  const dataFolder = defaultDataFolder()
  const log = createFileLog(dataFolder)
  const services = createServices({
    dataFolder,
    resourcesFolder: join(programFolder, '../../resources'),
    spawnEngine: utilityEngine({ programFolder, log }),
    log,
    longhandVersion: app.getVersion(),
    electronVersion: process.versions.electron,
  })

  restrictNavigation(app, log)
  restrictPermissions(session.defaultSession, log)
  handleAppProtocol(join(programFolder, '../renderer'), log)
  connectPort(createRpcHost(services.router, log), log)
  // macOS has its menu at the top of the screen and needs it for Quit and Copy; elsewhere it would only take room.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)

  const window = openMainWindow({ programFolder, log })
  app.on('second-instance', () => focusWindow(window))
  app.on('window-all-closed', () => app.quit())
  let closing = false
  app.on('will-quit', (event) => {
    if (closing) return
    closing = true
    // The app ends when the services have kept what they hold.
    event.preventDefault()
    services
      .close()
      .catch((error: unknown) => log.error({ error }, 'the services did not close'))
      .finally(() => app.exit(0))
  })
  void services.warmUp()
}
