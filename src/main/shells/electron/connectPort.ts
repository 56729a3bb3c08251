import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { Logger } from '../../../shared/logger'
import type { RpcChannel, RpcHost } from '../rpcHost'
import { senderFault } from './trustedSender'

// The preload, which can import nothing, has the same two names.
const CONNECT = 'longhand:connect'
const PORT = 'longhand:port'

/** Answers a page that asks for its line with one end of a new channel; the services are at the other. */
export function connectPort(rpc: RpcHost, log: Logger): void {
  ipcMain.on(CONNECT, ({ senderFrame }) => {
    const fault = senderFault(senderFrame)
    if (fault !== null) {
      log.warn({ fault, url: senderFrame?.url.slice(0, 200) }, 'refused a frame its line')
      return
    }
    const { port1, port2 } = new MessageChannelMain()
    rpc.serve(portChannel(port1))
    port1.start()
    senderFrame?.postMessage(PORT, null, [port2])
  })
}

function portChannel(port: MessagePortMain): RpcChannel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
    onClose: (listener) => void port.on('close', listener),
    refuse: () => port.close(),
  }
}
