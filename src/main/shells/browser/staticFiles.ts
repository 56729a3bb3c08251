import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { AppError } from '../../../shared/errors/appError'

/**
 * Serves the renderer's files. sirv reads the folder's list once and answers from it alone, so no path can lead out of it.
 * @throws AppError 'file-missing' where the renderer has not been built
 */
export function staticFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const page = join(folder, 'index.html')
  if (!existsSync(page)) throw new AppError('file-missing', { file: page })
  const files = sirv(folder, {
    etag: true,
    // The port, and with it the origin, is another one at each start: what is cached would only ever be wrong.
    setHeaders: (response) => response.setHeader('cache-control', 'no-cache'),
  })
  return (request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
    })
  }
}
