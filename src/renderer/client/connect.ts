import { connectBrowser } from './browserConnection'
import type { Connection } from './connection'
import { connectElectron } from './electronConnection'

/**
 * Connects the page to the services, by the shell that it runs in.
 * @throws AppError 'access-denied' where the browser's link was used before or belongs to another run, 'connection-lost'
 *   where the server is gone
 */
export function connect(): Promise<Connection> {
  return window.location.protocol === 'app:' ? connectElectron() : connectBrowser()
}
