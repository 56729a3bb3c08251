import { app, dialog } from 'electron'
import { registerAppScheme } from './appProtocol'
import { startApp } from './startApp'

registerAppScheme()
app.enableSandbox()

if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron is ready only after this module has run to its end.
  app
    .whenReady()
    .then(() => startApp({ programFolder: import.meta.dirname }))
    .catch((error: unknown) => {
      dialog.showErrorBox('Longhand cannot start', error instanceof Error ? error.message : String(error))
      app.exit(1)
    })
} else {
  app.quit()
}
