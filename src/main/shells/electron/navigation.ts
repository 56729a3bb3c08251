import type { App } from 'electron'
import type { Logger } from '../../../shared/logger'
import { APP_ORIGIN } from './appProtocol'

/** Keeps every window on our page: no other site, no new windows, no webviews. */
export function restrictNavigation(app: App, log: Logger): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url: shorten(url) }, 'denied a new window')
      return { action: 'deny' }
    })
    contents.on('will-frame-navigate', (event) => {
      if (isOurs(event.url)) return
      log.warn({ url: shorten(event.url) }, 'denied a navigation')
      event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (isOurs(event.url)) return
      log.warn({ url: shorten(event.url) }, 'denied a redirect')
      event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      log.warn({}, 'denied a webview')
      event.preventDefault()
    })
  })
}

function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`)
}

function shorten(url: string): string {
  return url.slice(0, 200)
}
