import type { IncomingMessage } from 'node:http'
import { hostFault, quote } from '../hostCheck'

/**
 * Why a WebSocket may not be opened, or null. Browsers send the Origin of the page with every WebSocket and ask nobody
 * before they open one, so that any page could talk to this server if nobody looked.
 */
export function originFault(request: IncomingMessage, port: number): string | null {
  const fault = hostFault(request, port)
  if (fault !== null) return fault
  const { origin, host } = request.headers
  if (origin === undefined) return 'no Origin'
  return origin === `http://${host ?? ''}` ? null : `foreign Origin ${quote(origin)}`
}
