import { OpenAPIHandler } from '@orpc/openapi/node'
import type { ORPCError } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { toAppError } from '../../../shared/contract/clientError'
import { LARGEST_BODY_BYTES } from '../../../shared/contract/publicContract'
import { AppError, isAppError } from '../../../shared/errors/appError'
import type { Logger } from '../../../shared/logger'
import type { Services } from '../../services/createServices'
import { createInProcessClient } from '../../services/inProcessClient'
import { securityHeaders } from '../contentPolicy'
import { quote } from '../hostCheck'
import { listenOnLoopback } from '../listenOnLoopback'
import { refuseUpgrade } from '../refuseUpgrade'
import { createApiDocument } from './apiDocument'
import { Doorkeeper } from './doorkeeper'
import { errorBody, fromHttpError, statusOf } from './httpErrors'
import { createPublicRouter } from './publicRouter'

export interface ApiServer {
  readonly url: string
  close(): Promise<void>
}

export interface ApiServerOptions {
  services: Pick<Services, 'router' | 'api'>
  /** 0 takes a free one. */
  port: number
  longhandVersion: string
  log: Logger
  /** The time in ms, for the limits of rate. */
  now?: () => number
}

/** A program that sends its head or its body more slowly than this holds a place that others need. */
const HEAD_LIMIT_MS = 10_000
const REQUEST_LIMIT_MS = 60_000
const MOST_CONNECTIONS = 64

/**
 * Serves the local API on 127.0.0.1: what publicContract.ts says, to programs with a token, and to no web page.
 * @throws AppError 'port-taken'
 */
export async function serveApi(options: ApiServerOptions): Promise<ApiServer> {
  const { services, longhandVersion, log, now = () => performance.now() } = options
  const doorkeeper = new Doorkeeper(services.api, now)
  const handler = new OpenAPIHandler(createPublicRouter(createInProcessClient(services.router)), {
    plugins: [new BodyLimitPlugin({ maxBodySize: LARGEST_BODY_BYTES })],
    customErrorResponseBodyEncoder: (error: ORPCError<string, unknown>) => errorBody(fromHttpError(error)),
  })

  // Node's own refusals would lack our headers and our log line.
  const server = createServer({
    requireHostHeader: false,
    headersTimeout: HEAD_LIMIT_MS,
    requestTimeout: REQUEST_LIMIT_MS,
  })
  server.maxConnections = MOST_CONNECTIONS
  const port = await listenOnLoopback(server, options.port)
  const url = `http://127.0.0.1:${port}`
  const document = JSON.stringify(await createApiDocument(longhandVersion, url))
  const headers = { ...securityHeaders(), 'cache-control': 'no-store' }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    doorkeeper.refusePages(request, port)
    const path = (request.url ?? '').split('?', 1)[0]
    if (request.method === 'GET' && path === '/openapi.json') {
      doorkeeper.admitStranger()
      response.writeHead(200, { 'content-type': 'application/json' }).end(document)
      return
    }
    const program = await doorkeeper.admitProgram(request)
    checkBodyKind(request)
    const { matched } = await handler.handle(request, response)
    if (!matched) throw new AppError('api-route-unknown', { route: `${request.method ?? ''} ${path ?? ''}` })
    log.debug({ program, status: response.statusCode }, 'a program asked')
  }

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response).catch((thrown: unknown) => {
      const error = toAppError(thrown)
      log.warn(
        { code: error.code, method: request.method, host: quote(request.headers.host ?? '') },
        'refused a program',
      )
      refuse(response, error)
    })
  })
  server.on('upgrade', (_request, socket) => refuseUpgrade(socket, 404, headers))
  server.on('clientError', (error, socket) => {
    log.warn({ error: error.message }, 'refused a request that is not HTTP')
    refuseUpgrade(socket, 400, headers)
  })
  return {
    url,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** oRPC would take forms and streams of events too, which no method of ours asks for. */
function checkBodyKind({ method, headers }: IncomingMessage): void {
  if (method === 'GET') return
  const kind = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (headers['content-disposition'] === undefined && /^(application\/json|image\/[\w.+-]+)$/.test(kind))
    return
  throw new AppError('api-body-kind', { kind: kind.slice(0, 100) })
}

function refuse(response: ServerResponse, error: AppError): void {
  if (response.headersSent) return void response.destroy()
  if (isAppError(error, 'api-too-many')) response.setHeader('retry-after', error.data.seconds)
  if (error.code === 'api-token-wrong') response.setHeader('www-authenticate', 'Bearer')
  // What is left of the body is not read.
  response.writeHead(statusOf(error), { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify(errorBody(error)))
}
