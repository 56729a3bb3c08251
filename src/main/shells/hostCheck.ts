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

/** For the log: what a stranger sent, in few characters. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200))
}
