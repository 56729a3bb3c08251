import { RPCLink } from '@orpc/client/message-port'
import { customJsonSerializers } from '../../shared/contract/serializers'
import { AppError } from '../../shared/errors/appError'
import type { Connection } from './connection'
import { createClient } from './createClient'
import { Listeners } from './listeners'

// The preload has the same two names.
const CONNECT = 'longhand:connect'
const PORT = 'longhand:port'

/** Connects through the port that the preload hands over. */
export async function connectElectron(): Promise<Connection> {
  const port = await requestPort()
  const link = new RPCLink({ port, customJsonSerializers })
  const lost = new Listeners<[AppError]>()
  port.addEventListener('close', () => lost.call(new AppError('connection-lost', {})))
  port.start()
  return {
    client: createClient(() => link),
    shell: 'electron',
    onLost: lost.add,
    // The main process is this very app: where it is gone, so is the window.
    onRestored: new Listeners<[]>().add,
  }
}

function requestPort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>): void => {
      const [port] = event.ports
      if (event.source !== window || event.data !== PORT || !port) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    window.postMessage(CONNECT, window.location.origin)
  })
}
