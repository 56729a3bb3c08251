import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers a connection that no ServerResponse stands for (an upgrade, or a request that is not HTTP) and ends it. */
export function refuseUpgrade(socket: Duplex, status: number, headers: Record<string, string>): void {
  if (!socket.writable) return void socket.destroy()
  const reason = STATUS_CODES[status] ?? ''
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`)
}
