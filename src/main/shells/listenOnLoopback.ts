import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../shared/errors/appError'

/**
 * Lets a server listen on 127.0.0.1, where no other machine reaches it.
 * @param port 0 takes a free one
 * @returns the port
 * @throws AppError 'port-taken'
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(taken ? new AppError('port-taken', { port }, { cause: error }) : error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}
