import { join } from 'node:path'
import type { WebPreferences } from 'electron'

/** What the page of every window may do: nothing but speak to the services, through the one preload. */
export function pagePreferences(programFolder: string): WebPreferences {
  return {
    preload: join(programFolder, '../preload/preload.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  }
}
