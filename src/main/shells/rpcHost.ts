import { onError, ORPCError, type AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { customJsonSerializers } from '../../shared/contract/serializers'
import type { Logger } from '../../shared/logger'
import { frameFault } from './rpcFrame'

/** A line to one client, whatever carries it: a MessagePort or a WebSocket. */
export interface RpcChannel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  /** Ends the line, saying why. */
  refuse(reason: string): void
}

export interface RpcHost {
  serve(channel: RpcChannel): void
}

/**
 * Answers calls with the services, which check their input against the contract. What is refused leaves a line in the log,
 * and a client that does not even speak the protocol is cut off.
 */
export function createRpcHost(router: AnyRouter, log: Logger): RpcHost {
  const handler = new RPCHandler(router, {
    customJsonSerializers,
    rootInterceptors: [
      async (options) => {
        const result = await options.next()
        if (!result.matched) {
          log.warn({ method: options.request.url.pathname }, 'refused a call: there is no such method')
        }
        return result
      },
    ],
    interceptors: [
      onError((error, { request }) => {
        // What the services refuse they have turned into an ORPCError, and logged; the rest could not be decoded.
        if (error instanceof ORPCError) return
        log.warn({ method: request.url.pathname, error }, 'refused a call: its input cannot be decoded')
      }),
    ],
  })
  return {
    serve(channel) {
      handler.upgrade({
        postMessage: (message: unknown) => channel.send(message),
        onMessage: {
          addListener: (listener) =>
            channel.onMessage((message) => {
              const fault = frameFault(message)
              if (fault === null) {
                listener(message)
                return
              }
              log.warn({ fault }, 'refused a message')
              channel.refuse(fault)
            }),
        },
        onDisconnect: { addListener: (listener) => channel.onClose(listener) },
      })
    },
  }
}
