import { readFile } from 'node:fs/promises'
import { extname, join, relative, resolve, sep } from 'node:path'
import { protocol } from 'electron'
import type { Logger } from '../../../shared/logger'
import { securityHeaders } from '../contentPolicy'

/** The page's origin. A scheme of our own rather than file://, whose pages may read any file of the user's. */
export const APP_ORIGIN = 'app://longhand'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Gives `app:` the rights of an ordinary secure origin. Electron takes this only before it is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the renderer's files at `app://longhand/`. */
export function handleAppProtocol(rendererFolder: string, log: Logger): void {
  const headers = securityHeaders()
  const refuse = (status: number, reason: string): Response => {
    log.warn({ status, reason }, 'refused a request')
    return new Response(null, { status, headers })
  }
  protocol.handle('app', async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'only GET and HEAD')
    const file = fileOf(request.url, rendererFolder)
    if (file === null) return refuse(403, 'the path leads elsewhere')
    const contentType = CONTENT_TYPES[extname(file)]
    if (contentType === undefined) return refuse(404, 'no file of this kind is served')
    try {
      const content = await readFile(file)
      return new Response(request.method === 'HEAD' ? null : content, {
        headers: { ...headers, 'content-type': contentType },
      })
    } catch {
      return refuse(404, 'there is no such file')
    }
  })
}

/** The file that a URL names, or null where it would leave the folder, however its dots and slashes are written. */
function fileOf(url: string, folder: string): string | null {
  let path: string
  try {
    const { protocol: scheme, host, pathname } = new URL(url)
    if (scheme !== 'app:' || host !== 'longhand') return null
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (path.includes('\0') || path.includes('\\')) return null
  const file = resolve(join(folder, path === '/' ? 'index.html' : path))
  const inside = relative(folder, file)
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) ? null : file
}
