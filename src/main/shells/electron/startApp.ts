import { join } from 'node:path'
import { app, session } from 'electron'
import type { Logger } from '../../../shared/logger'
import { createServices, type Services } from '../../services/createServices'
import { createInProcessClient } from '../../services/inProcessClient'
import { followApi } from '../api/followApi'
import { createRpcHost } from '../rpcHost'
import { handleAppProtocol } from './appProtocol'
import { connectPort } from './connectPort'
import { markRunning, unmarkRunning } from './crashes'
import { openDesktopFrame } from './desktopFrame'
import { focusWindow, openMainWindow } from './mainWindow'
import { restrictNavigation } from './navigation'
import { eventForFile, type OpenedFiles } from './openedFiles'
import { restrictPermissions } from './permissions'
import { showBox } from './showBox'
import { selfCheck } from './selfCheck'
import { utilityEngine } from './utilityEngine'

export interface StartOptions {
  programFolder: string
  dataFolder: string
  log: Logger
  openedFiles: OpenedFiles
  /** Reads one digit, says so on standard output, and ends. */
  isCheck: boolean
}

/** Builds the desktop app, once Electron is ready: log, services, what the page may do, the window and what surrounds it. */
export async function startApp(options: StartOptions): Promise<void> {
  const { programFolder, dataFolder, log, openedFiles, isCheck } = options
  const resourcesFolder = join(programFolder, '../../resources')
  const hasCrashed = markRunning(dataFolder)
  const services = createServices({
    dataFolder,
    resourcesFolder,
    spawnEngine: utilityEngine({ programFolder, log }),
    log,
    longhandVersion: app.getVersion(),
    electronVersion: process.versions.electron,
  })
  if (hasCrashed) {
    log.warn({ part: 'app' }, 'the last run did not end by itself')
    services.desktop.push({ event: 'recovered', part: 'app' })
  }

  restrictNavigation(app, log)
  restrictPermissions(session.defaultSession, log)
  handleAppProtocol(join(programFolder, '../renderer'), log)
  connectPort(createRpcHost(services.router, log), log)

  const window = openMainWindow({
    ...{ programFolder, resourcesFolder, log },
    onPageGone: (isBack) => {
      if (isBack) services.desktop.push({ event: 'recovered', part: 'page' })
      else showBox('pageGone')
    },
  })
  app.on('second-instance', () => focusWindow(window))
  window.on('closed', () => app.quit())
  services.onRestart(({ isWiped }) => void startAnew(isWiped))
  endWith(services, dataFolder, (error) => log.error({ error }, 'the services did not close'))
  openedFiles.deliver((file) => {
    app.addRecentDocument(file)
    void eventForFile(file, log).then((event) => event && services.desktop.push(event))
  })
  void services.warmUp()
  if (isCheck) {
    process.stdout.write(
      `${JSON.stringify(await selfCheck(window, createInProcessClient(services.router)))}\n`,
    )
    app.quit()
    return
  }
  // It ends with the process.
  await followApi({ services, longhandVersion: app.getVersion(), log })
  await openDesktopFrame({ services, window, programFolder, resourcesFolder, dataFolder, log })
}

/** The app ends when the services have kept what they hold. */
function endWith(services: Services, dataFolder: string, onFault: (error: unknown) => void): void {
  let closing = false
  app.on('will-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    services
      .close()
      .catch(onFault)
      .finally(() => {
        unmarkRunning(dataFolder)
        app.exit(0)
      })
  })
}

/** In another data folder, or an empty one: what the window keeps lies in it too, so that all of the app is made anew. */
async function startAnew(isWiped: boolean): Promise<void> {
  if (isWiped) {
    await session.defaultSession.clearStorageData()
    await session.defaultSession.clearCache()
  }
  app.relaunch()
  app.quit()
}
