import { AppError } from '../../shared/errors/appError'

/**
 * Opens the WebSocket to the server of this page.
 * @throws AppError 'access-denied' where the server is there and refuses, 'connection-lost' where there is none
 */
export async function openSocket(claim: readonly string[]): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${window.location.host}/rpc`, [...claim])
  const opened = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('close', () => resolve(false), { once: true })
  })
  if (opened) return socket
  throw (await serverAnswers()) ? new AppError('access-denied', {}) : new AppError('connection-lost', {})
}

/** Browsers do not tell a page why a WebSocket was refused, but whether the server is there at all can be asked. */
async function serverAnswers(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD', cache: 'no-store' })
    return true
  } catch {
    return false
  }
}
