import { ipcRenderer } from 'electron'

// The main process and the page have the same two names: a sandboxed preload is one file that imports nothing else.
const CONNECT = 'longhand:connect'
const PORT = 'longhand:port'

/**
 * Hands the page one end of its line to the services, when it asks. Nothing of Electron is exposed. The page asks rather
 * than being told, because it may not be listening yet when this script runs.
 */
window.addEventListener('message', (event) => {
  const own = event.source === window && event.origin === window.location.origin
  if (own && event.data === CONNECT) ipcRenderer.send(CONNECT)
})

ipcRenderer.on(PORT, (event) => {
  window.postMessage(PORT, window.location.origin, event.ports)
})
