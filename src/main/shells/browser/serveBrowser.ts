import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import type { Logger } from '../../../shared/logger'
import type { Services } from '../../services/createServices'
import { securityHeaders } from '../contentPolicy'
import { allowedHosts, hostFault } from '../hostCheck'
import { listenOnLoopback } from '../listenOnLoopback'
import { refuseUpgrade } from '../refuseUpgrade'
import { createRpcHost } from '../rpcHost'
import { createAccessKeys, type AccessKeys } from './accessKeys'
import { originFault } from './originCheck'
import { staticFiles } from './staticFiles'
import { readClaim, SUBPROTOCOL } from './subprotocol'
import { webSocketChannel } from './webSocketChannel'

export interface BrowserShell {
  /** With the first token in its fragment, which no browser sends or logs. */
  readonly url: string
  readonly port: number
  /** Another link: each works for one tab. */
  newUrl(): string
  close(): Promise<void>
}

export interface BrowserShellOptions {
  services: Pick<Services, 'router'>
  rendererFolder: string
  /** 0 takes a free one. */
  port: number
  /** Who may connect: those of a shell whose place this one takes, so that its tabs come back. */
  keys?: AccessKeys
  log: Logger
}

/** A picture of 64 MiB, as base64, and its frame. */
const LARGEST_MESSAGE_BYTES = 96 * 1024 * 1024
const RPC_PATH = '/rpc'

/**
 * Serves the app to a browser on this machine: the page over HTTP, the contract over a WebSocket, on 127.0.0.1 only.
 * @throws AppError 'port-taken', or 'file-missing' where the renderer has not been built
 */
export async function serveBrowser(options: BrowserShellOptions): Promise<BrowserShell> {
  const { services, rendererFolder, keys = createAccessKeys(), log } = options
  const files = staticFiles(rendererFolder)
  const rpc = createRpcHost(services.router, log)

  // Node's own refusal of a missing Host would lack our headers and our log line.
  const server = createServer({ requireHostHeader: false })
  const port = await listenOnLoopback(server, options.port)
  const headers = securityHeaders(allowedHosts(port).map((host) => `ws://${host}`))

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const refuse = (status: number, reason: string): void => {
      log.warn({ status, reason, method: request.method }, 'refused a request')
      response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end('Refused\n')
    }
    const fault = hostFault(request, port)
    if (fault !== null) return refuse(403, fault)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(405, 'only GET and HEAD')
    }
    if (!request.url?.startsWith('/')) return refuse(400, 'the target is not a path')
    files(request, response)
  })

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const refuse = (status: number, reason: string): void => {
      log.warn({ status, reason }, 'refused a WebSocket')
      refuseUpgrade(socket, status, headers)
    }
    const fault = originFault(request, port)
    if (fault !== null) return refuse(403, fault)
    if (request.url !== RPC_PATH) return refuse(404, 'there is no WebSocket at this path')
    const claim = readClaim(request.headers['sec-websocket-protocol'])
    if (!keys.admit(claim)) {
      return refuse(401, claim.token === null ? 'no token' : 'the token is wrong, or was used before')
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', (error) => log.warn({ error }, 'a WebSocket failed'))
      rpc.serve(webSocketChannel(client))
    })
  })
  server.on('clientError', (error, socket) => {
    log.warn({ error: error.message }, 'refused a request that is not HTTP')
    refuseUpgrade(socket, 400, headers)
  })

  const newUrl = (): string => `http://127.0.0.1:${port}/#token=${keys.issueToken()}`
  return {
    url: newUrl(),
    port,
    newUrl,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
