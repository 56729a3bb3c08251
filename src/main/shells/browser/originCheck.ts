import type { IncomingMessage } from 'node:http'

/** The names under which this server may be reached: the loopback address with its port, and nothing else. */
export function allowedHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/**
 * Why a request may not be answered, or null. The Host check stops DNS rebinding: a foreign name that was made to point at
 * 127.0.0.1 still carries that name.
 */
export function hostFault(request: IncomingMessage, port: number): string | null {
  const { host } = request.headers
  if (host === undefined) return 'no Host'
  return allowedHosts(port).includes(host) ? null : `foreign Host ${quote(host)}`
}

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

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200))
}
