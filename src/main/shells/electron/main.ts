import { join } from 'node:path'
import { app } from 'electron'
import { describeError } from '../../../shared/errors/describeError'
import { toWireError } from '../../../shared/errors/appError'
import { languageOf } from '../../../shared/language'
import { findDataFolder } from '../../dataFolder'
import { createFileLog } from '../../log'
import { registerAppScheme } from './appProtocol'
import { keepEverythingIn, restartAfterFault } from './crashes'
import { OpenedFiles } from './openedFiles'
import { showBox } from './showBox'
import { startApp } from './startApp'

const dataFolder = findDataFolderOrEnd()
keepEverythingIn(dataFolder)
registerAppScheme()
app.enableSandbox()
const openedFiles = new OpenedFiles(app, process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())

if (app.requestSingleInstanceLock()) {
  const log = createFileLog(dataFolder)
  restartAfterFault(log, () => showBox('crashed', join(dataFolder, 'logs')))
  const isCheck = process.argv.includes('--check')
  // Not awaited at the top level: Electron is ready only after this module has run to its end.
  app
    .whenReady()
    .then(() => startApp({ programFolder: import.meta.dirname, dataFolder, log, openedFiles, isCheck }))
    .catch((error: unknown) => {
      log.error({ error }, 'the app cannot start')
      // A check has nobody before the screen who could close a box.
      if (!isCheck) showBox('startFailed', error instanceof Error ? error.message : String(error))
      app.exit(1)
    })
} else {
  app.quit()
}

/** A disk that is not plugged in is said so, before anything is made in another place. */
function findDataFolderOrEnd(): string {
  try {
    return findDataFolder()
  } catch (error) {
    const language = languageOf('system', app.getPreferredSystemLanguages())
    const { message, action } = describeError(toWireError(error), language)
    showBox('startFailed', `${message} ${action}`)
    process.exit(1)
  }
}
