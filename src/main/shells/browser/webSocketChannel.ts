import { WebSocket } from 'ws'
import type { RpcChannel } from '../rpcHost'

/** RFC 6455, 7.4.1: 'endpoint received a message that violates its policy'. */
const POLICY_VIOLATION = 1008

export function webSocketChannel(socket: WebSocket): RpcChannel {
  return {
    send(message) {
      // The services may answer after the tab is gone; there is nobody left to tell.
      if (socket.readyState === WebSocket.OPEN) socket.send(String(message))
    },
    onMessage(listener) {
      socket.binaryType = 'nodebuffer'
      socket.on('message', (data, isBinary) => {
        listener(isBinary || !Buffer.isBuffer(data) ? data : data.toString('utf8'))
      })
    },
    onClose: (listener) => void socket.on('close', listener),
    refuse: (reason) => socket.close(POLICY_VIOLATION, reason),
  }
}
